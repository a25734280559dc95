import { compareKeys, type InstanceKey } from '../../../kernel/instance-key.ts';
import { isDetached } from '../../../topology/observation.ts';
import type { Instance } from '../../../topology/snapshot.ts';

/** An instance and how many stand above it. */
export interface Placed {
  readonly instance: Instance;
  readonly depth: number;
}

/** Every instance of a cluster once, below the one it replicates from; whoever follows nobody there stands at the left. */
export function treeOf(members: readonly Instance[]): readonly Placed[] {
  const inOrder = members.toSorted((a, b) => compareKeys(a.key, b.key));
  const keys = new Set(inOrder.map(({ key }) => key));
  const placed = new Set<InstanceKey>();
  const branch = (instance: Instance, depth: number): Placed[] => {
    if (placed.has(instance.key)) return [];
    placed.add(instance.key);
    const below = inOrder.filter((one) => sourceOf(one) === instance.key);
    return [{ instance, depth }, ...below.flatMap((one) => branch(one, depth + 1))];
  };
  const isTop = (instance: Instance) => {
    const source = sourceOf(instance);
    return source === null || !keys.has(source);
  };
  // The primary comes first, whoever else follows nobody; those that replicate in a ring all follow somebody.
  const leading = inOrder.filter(({ key, clusterName }) => key === clusterName);
  return [...leading, ...inOrder.filter(isTop), ...inOrder].flatMap((one) => branch(one, 0));
}

function sourceOf({ server }: Instance): InstanceKey | null {
  const detachedFrom = server !== null && isDetached(server) ? server.detachedFrom : null;
  return server?.replication?.source ?? detachedFrom;
}
