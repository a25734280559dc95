import { BatonError } from '../kernel/errors.ts';
import { runProgram } from '../process/run-program.ts';
import type { Program } from './server-package.ts';
import { placeOf } from './server.ts';
import type { StateMember } from './state.ts';

/** How the client lays out what it read: bare values, the same under headings, or one `name: value` a line. */
export type Layout = 'values' | 'headings' | 'vertical';

const layouts: Record<Layout, readonly string[]> = {
  values: ['--batch', '--skip-column-names'],
  headings: ['--batch'],
  vertical: ['--vertical'],
};

/**
 * Speaks SQL to a member as its root, through the client program and the server's socket. Statements go
 * in by standard input: passwords among them are on no command line.
 */
export async function speak(
  client: Program,
  member: StateMember,
  statements: string,
  how: {
    layout?: Layout;
    timeoutMs?: number;
    /** Go on after a statement that the server refuses. */
    carryOn?: boolean;
  } = {},
): Promise<string> {
  const { layout = 'values', timeoutMs = 20_000, carryOn = false } = how;
  const { socket } = placeOf(member);
  const options = ['--no-defaults', `--socket=${socket}`, '--user=root', ...layouts[layout]];
  if (carryOn) options.push('--force');
  const ran = await runProgram(client.file, [...client.args, ...options], { timeoutMs, input: statements });
  if (ran.exitCode === 0) return ran.stdout.trimEnd();
  const words = ran.timedOut ? `no answer within ${timeoutMs / 1_000} s` : complaintOf(ran.stderr);
  throw new BatonError('sandbox', `127.0.0.1:${member.port} did not do as it was told: ${words}`);
}

/** The client repeats the statement before it says what was wrong with it. */
function complaintOf(words: string): string {
  const complaints = words.split('\n').filter((line) => line.startsWith('ERROR'));
  return complaints.join(' ') || words.trim();
}
