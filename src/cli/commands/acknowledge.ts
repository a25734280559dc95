import { Command } from 'commander';
import { shortUid } from '../../kernel/uid.ts';
import { daemonOf } from '../daemon.ts';
import type { Terminal } from '../terminal.ts';
import { asSaid, type Saying, saying } from './saying.ts';

/** `baton acknowledge …`: somebody has seen how it ended, so it holds nothing back any more. */
export function acknowledgeCommand(terminal: Terminal): Command {
  const command = new Command('acknowledge')
    .description('Say that you have seen how recoveries ended, so that they hold nothing back any more.')
    .exitOverride();
  for (const [kind, does, name] of [
    ['recovery', 'One, by its uid or the digits that "baton recoveries" shows.', '<uid>'],
    ['instance', 'All in which this instance failed or was promoted.', '<instance>'],
    [
      'cluster',
      'All of a cluster, by its alias, name, any instance or the beginning of its id.',
      '<cluster>',
    ],
  ] as const) {
    command.addCommand(
      saying(kind, does)
        .argument(name)
        .action((meant: string, words: Saying) => acknowledge(terminal, { kind, name: meant }, words)),
    );
  }
  command.addCommand(
    saying('all', 'All of every cluster.').action((words: Saying) =>
      acknowledge(terminal, { kind: 'all' }, words),
    ),
  );
  command.addCommand(
    saying('brake', 'Let the brake of BrakeMaxRecoveries go: recoveries begun so far do not count.').action(
      async (words: Saying) => {
        await tell(words, { kind: 'brake' });
        terminal.say('The brake is off; recoveries begun so far do not count.');
      },
    ),
  );
  return command;
}

type Meant =
  | { kind: 'recovery' | 'instance' | 'cluster'; name: string }
  | { kind: 'all' }
  | { kind: 'brake' };

async function acknowledge(terminal: Terminal, meant: Meant, words: Saying): Promise<void> {
  const uids = await tell(words, meant);
  if (uids.length === 0) terminal.say('There was nothing to acknowledge.');
  for (const uid of uids) terminal.print(`acknowledged ${shortUid(uid)}`);
}

async function tell(words: Saying, meant: Meant): Promise<readonly string[]> {
  const daemon = await daemonOf(words.config);
  const answer = await daemon.post('/baton/v1/acknowledge', { ...meant, ...asSaid(words) });
  return (answer as { acknowledged: readonly string[] }).acknowledged;
}
