import { messageOf } from '../../kernel/errors.ts';
import { runProgram } from '../../process/run-program.ts';
import { type Level, readLevel } from '../../protocols/pacemaker/level.ts';

const timeoutMs = 5_000;
/** Of what a program that failed has said. */
const mostShown = 200;

/** Asks how a cluster stands (StatusCommand). Answers why it could not be learned where it could not. */
export async function statusOf(command: readonly string[], signal: AbortSignal): Promise<Level | string> {
  const [program = '', ...words] = command;
  const ran = await runProgram(program, words, { timeoutMs, signal });
  if (ran.timedOut) return `${program} was not done after 5 s`;
  if (ran.exitCode !== 0) {
    const said = (ran.stderr.trim() || ran.stdout.trim()).slice(0, mostShown);
    return ran.exitCode === 127
      ? `there is no program ${program}`
      : `${program} exited ${ran.exitCode}: ${said}`;
  }
  try {
    return readLevel(ran.stdout);
  } catch (error) {
    return messageOf(error);
  }
}
