import { whyNotReplicate } from '../../analysis/choice/can-replicate.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, isCheckValid, replicasAmong } from '../../topology/snapshot.ts';
import { type Action, find, refused, type ReshapingPlan, type Shape, sourceOf, whyUnread } from './shape.ts';

/** Each of these comes to replicate from `below`, once that has all that they have. */
export function moves(shape: Shape, moving: readonly Instance[], below: InstanceKey | null): ReshapingPlan {
  if (below === null) return refused('there is no server above its source');
  const target = find(shape, below);
  if (target === null) return refused(`${below} is no member of this cluster`);
  if (moving.length === 0) return refused('there is no replica to move');
  const refusals = [...whyUnread(target), ...moving.flatMap((replica) => whyNotMove(shape, replica, target))];
  return { refusals, actions: moving.flatMap(({ key }) => move(key, below)) };
}

export function whyNotMove(shape: Shape, replica: Instance, target: Instance): readonly string[] {
  const reasons = [...whyNotReplicate(replica, target, shape.rules)];
  if (!isCheckValid(replica)) reasons.push(`${replica.key} cannot be read`);
  if (replica.server?.replication === null)
    reasons.push(`${replica.key} is the primary: a takeover replaces it`);
  if (isAbove(shape, replica.key, target))
    reasons.push(`${target.key} replicates from ${replica.key} itself`);
  if (replica.server?.replication?.position === 'coordinates')
    reasons.push(`${replica.key} does not replicate by GTID, and Baton moves only what does`);
  return reasons;
}

/** What it holds is made final first, so that it is seen whether the new source has it. */
export function move(instance: InstanceKey, below: InstanceKey): Action[] {
  return [
    { kind: 'order', order: { verb: 'stopReceiving', instance } },
    { kind: 'await', instance: below, has: instance },
    { kind: 'order', order: { verb: 'follow', instance, source: below } },
  ];
}

export function above(shape: Shape, source: InstanceKey): InstanceKey | null {
  const known = find(shape, source);
  return known === null ? null : sourceOf(known);
}

export function siblings(shape: Shape, known: Instance): readonly Instance[] {
  const source = sourceOf(known);
  return source === null ? [] : others(replicasAmong(shape.members, source), known.key);
}

export function others(instances: readonly Instance[], but: InstanceKey): readonly Instance[] {
  return instances.filter(({ key }) => key !== but);
}

export function isSibling(shape: Shape, known: Instance, key: InstanceKey): boolean {
  return siblings(shape, known).some((one) => one.key === key);
}

/** Whether `below` gets its transactions from `instance`, directly or by way of others. */
function isAbove(shape: Shape, instance: InstanceKey, below: Instance): boolean {
  const seen = new Set<InstanceKey>();
  for (let at: Instance | null = below; at !== null && !seen.has(at.key); at = find(shape, sourceOf(at))) {
    seen.add(at.key);
    if (sourceOf(at) === instance) return true;
  }
  return false;
}
