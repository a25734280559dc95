import type { Readable } from 'node:stream';
import { Command } from 'commander';
import type { Leave, Terminal } from '../terminal.ts';
import { stopBySignal } from '../stop-by-signal.ts';
import { hears, type HearingWords, heardBy } from '../pacemaker-hearing.ts';

/** `baton pacemaker watch`: what a cluster says, a line each, for as long as it is watched; calls nobody, and takes nothing out of a spool. */
export function watchCommand(terminal: Terminal, leave: Leave, input: Readable): Command {
  return hears(new Command('watch'))
    .description('Show what a cluster says of its resources and nodes as it comes: a line each.')
    .option('--json', 'a line of JSON each, with the variables that an agent would be given')
    .exitOverride()
    .action(async ({ json, ...words }: HearingWords & { readonly json?: true }) => {
      await stopBySignal(async (signal) => {
        const calls = await heardBy(words, {
          terminal,
          leave,
          input,
          signal,
          recipient: '',
          watchFencing: true,
          takes: false,
        });
        for await (const { variables, because } of calls)
          terminal.print(json ? JSON.stringify({ because, variables }) : because);
      });
    });
}
