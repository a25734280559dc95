import { Command } from 'commander';
import type { ClusterReport } from '../../controller/reports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';

/** `baton topology`: every cluster that the controller watches, as a tree. */
export function topologyCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('topology')
    .description('Show the clusters that the running controller watches.')
    .argument('[cluster]', 'only the cluster of this name, alias or instance')
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (wanted: string | undefined, { config, json }: { config?: string; json?: true }) => {
      const daemon = await daemonOf(config);
      const all = (await daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
      const clusters = all.filter((cluster) => wanted === undefined || isMeant(cluster, wanted));
      if (wanted !== undefined && clusters.length === 0)
        throw new BatonError('cluster-unknown', `no cluster that is watched is called "${wanted}"`);
      if (json) terminal.print(JSON.stringify(clusters, null, 2));
      else if (clusters.length > 0) terminal.print(clusters.map(described).join('\n\n'));
      if (clusters.length > 0) return leave(0);
      terminal.say('No cluster is known yet.');
      leave(1);
    });
}

function isMeant({ name, alias, instances }: ClusterReport, wanted: string): boolean {
  return name === wanted || alias === wanted || instances.some(({ instance }) => instance === wanted);
}

/** The alias and the readiness stand over the tree, where the cluster has an alias; a tree alone is as orchestrator prints it. */
function described({ name, alias, tree, readiness }: ClusterReport): string {
  return alias === name ? tree : `${alias}, readiness ${readiness}\n${tree}`;
}
