import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { RejoinPreview, RejoinReport } from '../../controller/requests/rejoins.ts';
import { type Daemon, daemonOf } from '../daemon.ts';
import { gateLines } from '../preview-text.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly rebuild?: true;
  readonly why: string;
  readonly dryRun?: true;
  readonly config?: string;
  readonly json?: true;
}

const lookAgainMs = 100;

/** `baton rejoin INSTANCE`: exits 0 when the old primary follows its successor, 1 when it does not. */
export function rejoinCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('rejoin')
    .description('Let a replaced primary follow its successor.')
    .argument('<instance>', 'host:port of the replaced primary')
    .option(
      '--rebuild',
      'where only it has some transactions, save them and build it anew, as RebuildBy says',
    )
    .option('--why <text>', 'why, for whoever reads the story', 'no reason given')
    .option('--dry-run', 'say how every gate stands and what would be done, and touch nothing')
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (instance: string, { rebuild, why, dryRun, config, json }: Words) => {
      const daemon = await daemonOf(config);
      const path = `/baton/v1/instances/${encodeURIComponent(instance)}/rejoin`;
      const rebuilds = rebuild === true;
      if (dryRun) {
        const preview = (await daemon.post(`${path}/preview`, { rebuilds })) as RejoinPreview;
        terminal.print(json ? JSON.stringify(preview, null, 2) : previewText(preview, terminal));
        return leave(preview.gates.every(({ open }) => open) ? 0 : 1);
      }
      const wish = { rebuilds, by: userInfo().username, why };
      const { uid } = (await daemon.post(path, wish)) as { uid: string };
      const report = await ended(daemon, terminal, { uid, isQuiet: json === true });
      if (json) terminal.print(JSON.stringify(report, null, 2));
      else terminal.print([report.sentence, report.reason].filter((text) => text !== null).join(' '));
      leave(report.state === 'rejoined' ? 0 : 1);
    });
}

/** `baton split INSTANCE`: a person's word that a replaced primary leads a cluster of its own. */
export function splitCommand(terminal: Terminal): Command {
  return new Command('split')
    .description(
      'Take a replaced primary for a cluster of its own, which may take writes, with all that follow it.',
    )
    .argument('<instance>', 'host:port of the replaced primary')
    .option('--why <text>', 'why, for whoever reads the log', 'no reason given')
    .option('--dry-run', 'say what that would mean, and do nothing')
    .option('--config <file>', 'the configuration of the controller')
    .exitOverride()
    .action(async (instance: string, { why, dryRun, config }: Omit<Words, 'rebuild' | 'json'>) => {
      const daemon = await daemonOf(config);
      const path = `/baton/v1/instances/${encodeURIComponent(instance)}/split`;
      if (dryRun) {
        const { plan } = (await daemon.post(`${path}/preview`, {})) as { plan: readonly string[] };
        return terminal.print(plan.join('\n'));
      }
      await daemon.post(path, { by: userInfo().username, why });
      terminal.say(`${instance} is a cluster of its own from now on.`);
    });
}

function previewText({ gates, plan }: RejoinPreview, terminal: Terminal): string {
  return [...gateLines(gates, terminal), '', ...plan].join('\n');
}

/** Says what happens as it happens. */
async function ended(
  daemon: Daemon,
  terminal: Terminal,
  { uid, isQuiet }: { uid: string; isQuiet: boolean },
): Promise<RejoinReport> {
  for (let said = 0; ; ) {
    const report = (await daemon.get(`/baton/v1/rejoins/${encodeURIComponent(uid)}`)) as RejoinReport;
    if (!isQuiet) for (const line of report.story.slice(said)) terminal.say(line);
    said = report.story.length;
    if (report.state !== null) return report;
    await new Promise((resume) => setTimeout(resume, lookAgainMs));
  }
}
