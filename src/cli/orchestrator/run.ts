import { z } from 'zod';
import { BatonError } from '../../kernel/errors.ts';
import type { Terminal } from '../terminal.ts';
import { ask, type Endpoint, leaderAmong } from './ask.ts';
import { commandNamed, type OrchestratorCommand, orchestratorCommands } from './commands.ts';
import type { Words } from './words.ts';

const Envelope = z.object({ Code: z.string(), Message: z.string(), Details: z.unknown() });

/** Asks what a command of orchestrator’s asks, and prints what it prints. Gives the exit code: 1 for an ERROR. Throws `usage`, `daemon-unreachable`. */
export async function runOrchestratorCommand(
  words: Words,
  terminal: Terminal,
  endpoints: readonly Endpoint[],
): Promise<0 | 1> {
  const name = words.must('command');
  const command = commandNamed(name);
  if (command === null) {
    const names = Object.keys(orchestratorCommands).toSorted().join(', ');
    throw new BatonError('usage', `orchestrator has no command ${name} that is answered; there are ${names}`);
  }
  const endpoint = await leaderAmong(endpoints);
  let exit: 0 | 1 = 0;
  for (const one of runsOf(command, words)) {
    const ended = await runOnce(command, one, terminal, endpoint);
    if (ended === 1) exit = 1;
  }
  return exit;
}

/** Once for each instance that is named (orchestrator 3.2.6, section 5.5). */
function runsOf(command: OrchestratorCommand, words: Words): readonly Words[] {
  const several = words.instances;
  return command.takesSeveral === true || several.length < 2
    ? [words]
    : several.map((instance) => words.about(instance));
}

async function runOnce(
  command: OrchestratorCommand,
  words: Words,
  terminal: Terminal,
  endpoint: Endpoint,
): Promise<0 | 1> {
  const { body } = await ask(endpoint, command.path(words));
  const envelope = Envelope.safeParse(body).data;
  if (envelope !== undefined && envelope.Code !== 'OK') {
    terminal.say(envelope.Message);
    return 1;
  }
  const isWhole = words.get('command') === 'api';
  const lines = command.print(envelope === undefined || isWhole ? body : envelope.Details);
  if (lines.length > 0) terminal.print(lines.join('\n'));
  return 0;
}
