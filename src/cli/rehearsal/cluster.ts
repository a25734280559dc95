import type { ClusterReport } from '../../controller/reports.ts';
import type { RehearsedCluster } from '../../hooks/rehearsal/facts.ts';
import { BatonError } from '../../kernel/errors.ts';
import { parseInstanceKey } from '../../kernel/instance-key.ts';

/** The cluster of this alias, name or instance, as hooks would be told of it. Throws `usage`. */
export function clusterNamed(name: string, all: readonly ClusterReport[]): RehearsedCluster {
  const found = all.find(({ alias, name: primary, instances }) =>
    [alias, primary, ...instances.map(({ instance }) => instance)].includes(name),
  );
  const primary = found === undefined ? null : parseInstanceKey(found.name);
  if (found === undefined || primary === null) {
    const known = all.map(({ alias }) => alias).join(', ') || 'none';
    throw new BatonError('usage', `the controller watches no cluster called ${name}; it watches: ${known}`);
  }
  const replicas = found.instances.filter(({ source }) => source === primary).map(({ instance }) => instance);
  return { primary, replicas, alias: found.alias, domain: found.domain, binlogCoordinates: null };
}
