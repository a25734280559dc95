import { gatesToReplicate } from '../../analysis/choice/can-replicate.ts';
import { type Gate, whyShut } from '../../analysis/gates/gates.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, isCheckValid, replicasAmong } from '../../topology/snapshot.ts';
import { type Action, find, refused, type ReshapingPlan, type Shape, sourceOf, whyUnread } from './shape.ts';

/** Each of these comes to replicate from `below`, once that has all that they have. */
export function moves(shape: Shape, moving: readonly Instance[], below: InstanceKey | null): ReshapingPlan {
  if (below === null) return refused('there is no server above its source');
  const target = find(shape, below);
  if (target === null) return refused(`${below} is no member of this cluster`);
  if (moving.length === 0) return refused('there is no replica to move');
  const gates = [readable(target), ...moving.flatMap((replica) => gatesOfMove(shape, replica, target))];
  return { gates, refusals: whyShut(gates), actions: moving.flatMap(({ key }) => move(key, below)) };
}

export function whyNotMove(shape: Shape, replica: Instance, target: Instance): readonly string[] {
  return whyShut(gatesOfMove(shape, replica, target));
}

/** All that must be so for a replica to be moved below another server. */
function gatesOfMove(shape: Shape, replica: Instance, target: Instance): readonly Gate[] {
  const { key, server } = replica;
  const isPrimary = server?.replication === null;
  const isCircle = isAbove(shape, key, target);
  const isByPlace = server?.replication?.position === 'coordinates';
  return [
    ...gatesToReplicate(replica, target, shape.rules),
    {
      gate: `${key} answers`,
      open: isCheckValid(replica),
      because: isCheckValid(replica) ? 'it was read just now' : `${key} cannot be read`,
    },
    {
      gate: 'a replica',
      open: !isPrimary,
      because: isPrimary
        ? `${key} is the primary: a takeover replaces it`
        : `${key} is not the primary of its cluster`,
    },
    {
      gate: 'no circle',
      open: !isCircle,
      because: isCircle
        ? `${target.key} replicates from ${key} itself`
        : `${target.key} gets nothing by way of ${key}`,
    },
    {
      gate: 'GTID',
      open: !isByPlace,
      because: isByPlace
        ? `${key} does not replicate by GTID, and Baton moves only what does`
        : `${key} finds its place at the new source by itself`,
    },
  ];
}

function readable(target: Instance): Gate {
  const [because = null] = whyUnread(target);
  return {
    gate: `${target.key} answers`,
    open: because === null,
    because: because ?? 'it was read just now',
  };
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
