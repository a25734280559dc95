import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';

/** What the shape of a cluster follows from: whom each instance replicates from. */
export interface Member {
  readonly source: InstanceKey | null;
  /** The name last known for the instance's cluster. */
  readonly clusterName: string;
}

/**
 * orchestrator's name for the cluster of an instance: host:port of the root of its replication tree.
 * Co-primaries, who replicate from each other, give the smaller of their keys; where the way up leads
 * to an instance that is not known, the name last known to the highest one that is.
 */
export function clusterNameOf(key: InstanceKey, instances: ReadonlyMap<InstanceKey, Member>): string {
  const { path, ring } = ascent(key, instances);
  const [smallest] = ring.toSorted(compareKeys);
  if (smallest !== undefined) return smallest;
  const top = path.findLast((each) => instances.has(each));
  const known = top === undefined ? undefined : instances.get(top);
  if (top === undefined || known === undefined) return key;
  return known.source === null ? top : known.clusterName;
}

/** Steps of replication between an instance and the primary: 0 for a primary and for each co-primary. */
export function depthOf(key: InstanceKey, instances: ReadonlyMap<InstanceKey, Member>): number {
  const { path, ring } = ascent(key, instances);
  return path.length - Math.max(ring.length, 1);
}

/** It replicates, over however many others, from itself. */
export function isCoPrimary(key: InstanceKey, instances: ReadonlyMap<InstanceKey, Member>): boolean {
  return ascent(key, instances).ring.includes(key);
}

/**
 * The way from an instance to the root: itself, its source, and so on, each once. `ring` is the part
 * of it that goes round; empty where there is a root.
 */
function ascent(
  key: InstanceKey,
  instances: ReadonlyMap<InstanceKey, Member>,
): { path: InstanceKey[]; ring: InstanceKey[] } {
  const path: InstanceKey[] = [];
  let next: InstanceKey | null = key;
  while (next !== null && !path.includes(next)) {
    path.push(next);
    next = instances.get(next)?.source ?? null;
  }
  return { path, ring: next === null ? [] : path.slice(path.indexOf(next)) };
}
