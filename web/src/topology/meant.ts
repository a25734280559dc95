import type { LiveCluster } from '../live/standing.ts';

/** The cluster of that name, alias, id or member; null for none. */
export function clusterMeant(
  clusters: readonly LiveCluster[] | null,
  { cluster, instance }: { cluster: string | null; instance: string | null },
): LiveCluster | null {
  if (clusters === null) return null;
  const named = clusters.find(
    ({ id, name, alias }) => cluster !== null && [alias, name, id].includes(cluster),
  );
  if (named !== undefined) return named;
  const member = cluster ?? instance;
  return clusters.find(({ instances }) => instances.some((each) => each.instance === member)) ?? null;
}
