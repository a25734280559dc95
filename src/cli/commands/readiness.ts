import { Command } from 'commander';
import type { ReadinessReport } from '../../controller/counsel-reports.ts';
import { daemonOf } from '../daemon.ts';
import { type Paint, paintFor } from '../paint.ts';
import type { Leave, Terminal } from '../terminal.ts';

/** `baton readiness`: how well a failover would go if a primary died now, from 0 to 100, with reasons. */
export function readinessCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('readiness')
    .description(
      'Say how well a failover would go now, from 0 to 100, and what would help: exit 0 all is 100, 1 not.',
    )
    .argument('[cluster]', 'only the cluster of this alias, name, instance or beginning of an id')
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (wanted: string | undefined, { config, json }: { config?: string; json?: true }) => {
      const daemon = await daemonOf(config);
      const answer =
        wanted === undefined
          ? await daemon.get('/baton/v1/readiness')
          : [await daemon.get(`/baton/v1/clusters/${encodeURIComponent(wanted)}/readiness`)];
      const clusters = answer as readonly ReadinessReport[];
      if (json) terminal.print(JSON.stringify(clusters, null, 2));
      else if (clusters.length > 0)
        terminal.print(clusters.map((one) => described(one, paintFor(terminal))).join('\n\n'));
      else terminal.say('No cluster is known yet.');
      leave(clusters.every(({ score }) => score === 100) ? 0 : 1);
    });
}

function described({ name, alias, score, reasons }: ReadinessReport, paint: Paint): string {
  const title = alias === name ? name : `${alias} (${name})`;
  const points = score === 100 ? paint.good('100') : paint.bad(String(score));
  return [
    `${paint.bold(title)}: ${points} of 100`,
    ...reasons.flatMap(({ code, costs, because, remedy }) => [
      `  ${`-${costs}`.padStart(5)}  ${code.padEnd(19)}  ${because}`,
      `${' '.repeat(30)}${paint.dim(remedy)}`,
    ]),
  ].join('\n');
}
