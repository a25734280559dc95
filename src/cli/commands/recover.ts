import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { TakeoverPreview } from '../../controller/requests/failover-preview.ts';
import { daemonOf } from '../daemon.ts';
import { previewText } from '../preview-text.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { followRun } from './follow-run.ts';

interface Words {
  readonly why: string;
  readonly lite?: true;
  readonly to?: string;
  readonly dryRun?: true;
  readonly config?: string;
  readonly json?: true;
}

/** What a person has done to a cluster that Baton leaves alone by itself: `recover`, `force-failover`, `force-takeover`. */
export function recoverCommands(terminal: Terminal, leave: Leave): readonly Command[] {
  const recover = asking(
    'recover',
    'Recover an instance that has failed, though filters, a downtime or a recent recovery keep Baton from it.',
  )
    .argument('<instance>', 'host:port')
    .option(...dryRun)
    .option('--lite', 'run no hooks')
    .option('--to <instance>', 'the replica that shall take its place')
    .action(async (instance: string, { lite, to, ...words }: Words) => {
      const wish = { runsHooks: lite !== true, candidate: to ?? null };
      const path = `/baton/v1/instances/${encodeURIComponent(instance)}/recover`;
      leave(await (words.dryRun ? previewed : asked)(terminal, path, wish, words));
    });
  const failover = asking('force-failover', 'Replace a primary as if it were dead, whatever it says itself.')
    .option(...dryRun)
    .argument('<cluster>', 'an alias, a name, any instance, or the beginning of an id')
    .action(async (cluster: string, words: Words) => {
      leave(await forced(terminal, { verb: 'force-failover', cluster, to: null, words }));
    });
  const takeover = asking('force-takeover', 'Replace a primary as if it were dead, by this replica of it.')
    .option(...dryRun)
    .argument('<cluster>', 'an alias, a name, any instance, or the beginning of an id')
    .requiredOption('--to <instance>', 'the replica that shall take its place')
    .action(async (cluster: string, { to, ...words }: Words) => {
      leave(await forced(terminal, { verb: 'force-takeover', cluster, to: to ?? null, words }));
    });
  return [recover, failover, takeover];
}

const dryRun = [
  '--dry-run',
  'say who would be promoted and what would be done, with its statements, and touch nothing',
] as const;

async function forced(
  terminal: Terminal,
  wish: { verb: 'force-failover' | 'force-takeover'; cluster: string; to: string | null; words: Words },
): Promise<0 | 1> {
  const { verb, cluster, to, words } = wish;
  const path = `/baton/v1/clusters/${encodeURIComponent(cluster)}`;
  if (!words.dryRun) return asked(terminal, `${path}/${verb}`, to === null ? {} : { to }, words);
  return previewed(terminal, `${path}/force`, { to }, words);
}

/** What would be done, and nothing is. */
async function previewed(
  terminal: Terminal,
  path: string,
  more: object,
  { why, config, json }: Words,
): Promise<0 | 1> {
  const wish = { by: userInfo().username, why, ...more };
  const daemon = await daemonOf(config);
  const preview = (await daemon.post(`${path}/preview`, wish)) as TakeoverPreview;
  terminal.print(json ? JSON.stringify(preview, null, 2) : previewText(preview, terminal));
  if (!json) terminal.say(preview.because);
  return preview.plan.length === 0 ? 1 : 0;
}

function asking(name: string, does: string): Command {
  return new Command(name)
    .description(does)
    .option('--why <text>', 'why, for hooks and whoever reads the story', 'no reason given')
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride();
}

async function asked(
  terminal: Terminal,
  path: string,
  more: object,
  { why, config, json }: Words,
): Promise<0 | 1> {
  const wish = { by: userInfo().username, why, ...more };
  return followRun(await daemonOf(config), terminal, { path, wish, json: json === true });
}
