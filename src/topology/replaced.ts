import { z } from 'zod';
import { InstanceKey } from '../kernel/instance-key.ts';
import { isReplicating } from './observation.ts';
import { type Instance, isCheckValid, upstreamOf } from './snapshot.ts';

/** That another is the primary in the place of an instance. */
export const Replacement = z.object({
  by: InstanceKey,
  /** The uid of the recovery that has done it. */
  recovery: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type Replacement = z.infer<typeof Replacement>;

type Find = (key: InstanceKey) => Instance | null;

/** Who is the primary now in the place of a replaced one: its successor, or that one's, and so on. */
export function successorOf({ key, replaced }: Instance, find: Find): InstanceKey | null {
  const passed = new Set([key]);
  let successor = replaced?.by ?? null;
  for (let next = successor; next !== null && !passed.has(next); next = find(next)?.replaced?.by ?? null) {
    passed.add(next);
    successor = next;
  }
  return successor;
}

/**
 * A replaced primary belongs to its cluster, below its successor, until it follows somebody again and takes no writes; or until its
 * successor follows it, or is not known any more, and it is the primary again.
 */
export function isReplacementOver(instance: Instance, find: Find): boolean {
  if (instance.replaced === null) return false;
  // A co-primary may come back following its successor and taking writes, as it was set up to.
  if (isCheckValid(instance) && isReplicating(instance.server) && instance.server?.readOnly === true)
    return true;
  const successor = find(instance.replaced.by);
  return successor === null || (isCheckValid(successor) && follows(successor, instance.key, find));
}

/** Whether an instance replicates from another, directly or over others. */
export function follows(instance: Instance, wanted: InstanceKey, find: Find): boolean {
  const passed = new Set<InstanceKey>();
  for (let source = upstreamOf(instance); source !== null && !passed.has(source); ) {
    if (source === wanted) return true;
    passed.add(source);
    const next = find(source);
    source = next === null ? null : upstreamOf(next);
  }
  return false;
}
