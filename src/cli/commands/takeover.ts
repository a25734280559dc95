import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { TakeoverPreview } from '../../controller/requests/failover-preview.ts';
import { BatonError } from '../../kernel/errors.ts';
import { daemonOf } from '../daemon.ts';
import { previewText } from '../preview-text.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { followRun } from './follow-run.ts';

interface Words {
  readonly to?: string;
  readonly auto?: true;
  readonly why: string;
  readonly dryRun?: true;
  readonly config?: string;
  readonly json?: true;
}

/** `baton takeover CLUSTER`: a planned change of primary. Exits 0 when the new one serves, 1 when it was refused or put back. */
export function takeoverCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('takeover')
    .description('Let a replica take over from a living primary, which then follows it.')
    .argument('<cluster>', 'an alias, a name, any instance, or the beginning of an id')
    .option('--to <instance>', 'the replica that takes over; needed where there are several')
    .option('--auto', 'let Baton choose it')
    .option('--why <text>', 'why, for hooks and whoever reads the story', 'no reason given')
    .option(
      '--dry-run',
      'say how every gate stands and what would be done, with its statements, and touch nothing',
    )
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (cluster: string, { to, auto, why, dryRun, config, json }: Words) => {
      if (to !== undefined && auto)
        throw new BatonError('usage', 'either name a replica with --to, or let Baton choose with --auto');
      const daemon = await daemonOf(config);
      const path = `/baton/v1/clusters/${encodeURIComponent(cluster)}/takeover`;
      const wish = { to: to ?? null, auto: auto ?? false, by: userInfo().username, why };
      if (dryRun !== true)
        return leave(await followRun(daemon, terminal, { path, wish, json: json === true }));
      const preview = (await daemon.post(`${path}/preview`, wish)) as TakeoverPreview;
      terminal.print(json ? JSON.stringify(preview, null, 2) : previewText(preview, terminal));
      leave(preview.successor === null ? 1 : 0);
    });
}
