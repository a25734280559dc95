import { type InstanceLook, lookOf } from '../../../src/drawing/instance-look.ts';
import type { LiveCluster } from '../live/standing.ts';

/** How each instance of a cluster looks, by its name. */
export function looksOf(
  cluster: LiveCluster,
  reasonableLagSeconds: number,
): ReadonlyMap<string, InstanceLook> {
  const sources = new Set(cluster.instances.flatMap(({ source }) => source ?? []));
  const view = { primary: cluster.name, sources, reasonableLagSeconds };
  return new Map(cluster.instances.map((each) => [each.instance, lookOf(each, view)]));
}
