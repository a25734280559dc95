import type { View } from '../../../controller/view.ts';
import type { Cluster } from '../../../topology/cluster.ts';

/** A cluster as orchestrator writes it. An alias that nobody has given is the name, a domain that nobody has given is empty. */
export function clusterShape(cluster: Cluster, { inventory, settings }: View) {
  const members = inventory.members(cluster.id);
  const lags = members.map(({ server }) => server?.replication?.lagSeconds ?? 0);
  return {
    ...namesShape(cluster),
    CountInstances: members.length,
    HeuristicLag: Math.max(0, ...lags),
    HasAutomatedMasterRecovery: settings.autoMasterRecovery(cluster),
    HasAutomatedIntermediateMasterRecovery: settings.autoIntermediateMasterRecovery(cluster),
  };
}

/** The same inside of an analysis, where orchestrator counts nothing. */
export function analysedClusterShape(cluster: Cluster, view: View) {
  const { settings } = view;
  return {
    ...namesShape(cluster),
    CountInstances: 0,
    HeuristicLag: 0,
    HasAutomatedMasterRecovery: settings.autoMasterRecovery(cluster),
    HasAutomatedIntermediateMasterRecovery: settings.autoIntermediateMasterRecovery(cluster),
  };
}

function namesShape({ name, alias, domain }: Cluster) {
  return {
    ClusterName: name,
    ClusterAlias: alias,
    ClusterDomain: domain === name ? '' : domain,
  };
}
