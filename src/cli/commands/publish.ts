import { Command } from 'commander';
import type { PublicationPreview, PublicationReport } from '../../controller/publication-reports.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly dryRun?: true;
  readonly config?: string;
  readonly json?: true;
}

/**
 * `baton publish [cluster]`: the world is told who the primary is, where it is told something else. Exits 0 where it is
 * told of every cluster that was meant, 1 where not.
 */
export function publishCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('publish')
    .alias('submit-masters-to-kv-stores')
    .description('Compare what the world is told of primaries, and mend what differs.')
    .argument(
      '[cluster]',
      'its alias, its name, any instance of it or the beginning of its id; all where left out',
    )
    .option('--dry-run', 'show what would be written, and tell nobody')
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (cluster: string | undefined, { dryRun, config, json }: Words) => {
      const daemon = await daemonOf(config);
      const wish = { cluster: cluster ?? null };
      if (dryRun) {
        const previews = (await daemon.post(
          '/baton/v1/publish/preview',
          wish,
        )) as readonly PublicationPreview[];
        terminal.print(json ? JSON.stringify(previews, null, 2) : previews.map(previewText).join('\n'));
        return leave(previews.every(({ because }) => because === null) ? 0 : 1);
      }
      const reports = (await daemon.post('/baton/v1/publish', wish)) as readonly PublicationReport[];
      terminal.print(json ? JSON.stringify(reports, null, 2) : reports.map(reportText).join('\n'));
      leave(reports.every(({ because }) => because === null) ? 0 : 1);
    });
}

function previewText({ cluster, because, lines }: PublicationPreview): string {
  if (because !== null) return `${cluster}: nothing, for ${because}`;
  return lines.length === 0 ? `${cluster}: no place tells of it` : lines.join('\n');
}

function reportText({ cluster, primary, outcome, because }: PublicationReport): string {
  switch (outcome) {
    case 'right':
      return `${cluster}: the world is told of ${primary} already`;
    case 'mended':
      return `${cluster}: the world is told of ${primary} now`;
    case 'nowhere':
      return `${cluster}: no place tells of it`;
    case 'untold':
      return `${cluster}: nothing was told, for ${because}`;
    case 'failed':
      return `${cluster}: the world could not be told that ${primary} is the primary: ${because}`;
  }
}
