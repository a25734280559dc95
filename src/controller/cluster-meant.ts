import { BatonError } from '../kernel/errors.ts';
import { asWritten, type InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import { didYouMean } from './port-alone.ts';

/**
 * The cluster that a person means: by its alias, by orchestrator's name for it, by any instance of it, or by the
 * beginning of its id. Throws `cluster-unknown`, also where several are meant.
 */
export function clusterMeant(
  wanted: string,
  known: {
    clusters: readonly Cluster[];
    clusterOf: (key: InstanceKey) => Cluster | null;
    instances: readonly InstanceKey[];
    defaultPort: number;
  },
): Cluster {
  const { clusters, clusterOf, instances, defaultPort } = known;
  const key = parseInstanceKey(wanted, defaultPort);
  const home = key === null ? null : clusterOf(key);
  const found =
    [
      clusters.filter(({ alias }) => alias === wanted),
      clusters.filter(({ name }) => name === wanted || name === key),
      home === null ? [] : [home],
      clusters.filter(({ id }) => wanted !== '' && id.startsWith(wanted)),
    ].find((meant) => meant.length > 0) ?? [];
  const [cluster, another] = found;
  if (cluster === undefined)
    throw new BatonError(
      'cluster-unknown',
      `no cluster that is watched is called ${asWritten(wanted)}${didYouMean(wanted, instances)}`,
    );
  if (another === undefined) return cluster;
  const names = found.map(({ name }) => name).join(', ');
  throw new BatonError('cluster-unknown', `"${wanted}" may be any of ${names}`);
}
