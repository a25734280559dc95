import type { Finding, Instance } from '../api/types.ts';
import type { LiveCluster } from '../live/standing.ts';
import { looksOf } from './looks.ts';

/** A cluster in one line: what was found in it, and which instances have something wrong that people have not said to leave alone. */
export function summaryOf(
  cluster: LiveCluster,
  findings: readonly Finding[],
  reasonableLagSeconds: number,
): { cluster: LiveCluster; found: readonly Finding[]; flawed: readonly Instance[]; weight: number } {
  const members = new Set(cluster.instances.map(({ instance }) => instance));
  const found = findings.filter(({ instance, treatment }) => members.has(instance) && treatment !== 'none');
  const looks = looksOf(cluster, reasonableLagSeconds);
  const flawed = cluster.instances.filter(({ instance }) =>
    ['bad', 'warn'].includes(looks.get(instance)?.tone ?? 'good'),
  );
  return { cluster, found, flawed, weight: found.length * 1_000 + flawed.length };
}
