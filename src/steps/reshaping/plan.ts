import type { Operation } from '../../../workflows/operation.ts';
import { type ReplicationRules, whyNotReplicate } from '../../analysis/choice/can-replicate.ts';
import type { Planned } from '../../engine/plan.ts';
import type { Order } from '../../engine/ports.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, isCheckValid, replicasAmong } from '../../topology/snapshot.ts';
import { errantOrders } from './errant.ts';

/** One thing to do, in its order: something asked of a server, or that one server has all that another holds. */
export type Action = Exclude<Planned, { kind: 'said' }>;

export interface ReshapingPlan {
  readonly actions: readonly Action[];
  /** Every reason against it, a sentence each; empty where it can be done. */
  readonly refusals: readonly string[];
}

/** What is known of the cluster that is to be reshaped. */
export interface Shape {
  readonly members: readonly Instance[];
  readonly rules: ReplicationRules;
}

/** How an operation is done on a cluster as it stands, or why it cannot be done. Changes nothing. */
export function planOf(operation: Operation, shape: Shape): ReshapingPlan {
  const { instance } = operation;
  const known = find(shape, instance);
  if (known === null) return refused(`${instance} is no member of this cluster`);
  if (!isCheckValid(known))
    return refused(`${instance} cannot be read: ${known.checks.error ?? 'it does not answer'}`);
  const source = sourceOf(known);
  switch (operation.verb) {
    case 'relocate':
      return moves(shape, [known], operation.below);
    case 'move-below':
      return isSibling(shape, known, operation.below)
        ? moves(shape, [known], operation.below)
        : refused(`${operation.below} is no sibling of ${instance}: they have not the same source`);
    case 'repoint':
      return repoint(shape, known, operation.below ?? source);
    case 'relocate-replicas':
      return moves(shape, others(replicasAmong(shape.members, instance), operation.below), operation.below);
    case 'move-up':
      return source === null ? noSource(instance) : moves(shape, [known], above(shape, source));
    case 'move-up-replicas':
      return source === null
        ? refused(`${instance} is the primary: its replicas have nowhere to move up to`)
        : moves(shape, replicasAmong(shape.members, instance), source);
    case 'take-siblings':
      return source === null ? noSource(instance) : moves(shape, siblings(shape, known), instance);
    case 'take-master':
      return takeMaster(shape, known);
    case 'make-co-master':
      return makeCoMaster(shape, known);
    case 'set-read-only':
    case 'set-writeable':
      return setReadOnly(shape, known, operation.verb === 'set-read-only');
    case 'enable-semi-sync-master':
    case 'disable-semi-sync-master':
      return setSemiSync(instance, 'primary', operation.verb === 'enable-semi-sync-master');
    case 'enable-semi-sync-replica':
    case 'disable-semi-sync-replica':
      return setSemiSync(instance, 'replica', operation.verb === 'enable-semi-sync-replica');
    case 'stop-replica-nice':
      return source === null ? noSource(instance) : stopNicely(instance);
    case 'skip-query':
      return skipQuery(known);
    case 'gtid-errant-inject-empty':
    case 'gtid-errant-reset-master':
      return errantOrders(operation.verb, known, shape.members);
    default:
      return source === null && operation.verb !== 'reattach-replica'
        ? noSource(instance)
        : ordered(...plainOrders[operation.verb](instance));
  }
}

const plainOrders = {
  'detach-replica': (instance: InstanceKey): Order[] => [{ verb: 'detach', instance }],
  'reattach-replica': (instance: InstanceKey): Order[] => [{ verb: 'reattach', instance }],
  // Applying is started first and stopped last: where both threads stand still MariaDB drops its relay log.
  'start-replica': (instance: InstanceKey): Order[] => [
    { verb: 'startApplying', instance },
    { verb: 'startReceiving', instance },
  ],
  'stop-replica': (instance: InstanceKey): Order[] => [
    { verb: 'stopReceiving', instance },
    { verb: 'stopApplying', instance },
  ],
  'reset-replica': (instance: InstanceKey): Order[] => [{ verb: 'forget', instance }],
};

function setSemiSync(instance: InstanceKey, side: 'primary' | 'replica', enabled: boolean): ReshapingPlan {
  return ordered({ verb: 'setSemiSync', instance, side, enabled });
}

/** Nothing that was received is left unapplied (orchestrator 3.2.6’s stop-replica-nice). */
function stopNicely(instance: InstanceKey): ReshapingPlan {
  return {
    refusals: [],
    actions: [
      { kind: 'order', order: { verb: 'stopReceiving', instance } },
      { kind: 'await', instance, has: instance },
      { kind: 'order', order: { verb: 'stopApplying', instance } },
    ],
  };
}

/** Only where applying has stopped is there a transaction to leave out (orchestrator 3.2.6 refuses it likewise). */
function skipQuery({ key: instance, server }: Instance): ReshapingPlan {
  const replication = server?.replication ?? null;
  if (replication === null) return noSource(instance);
  if (replication.lastSqlError === '') return refused(`${instance} has stopped applying at no transaction`);
  return ordered({ verb: 'skipTransaction', instance }, { verb: 'startApplying', instance });
}

/** Each of these comes to replicate from `below`, once that has all that they have. */
function moves(shape: Shape, moving: readonly Instance[], below: InstanceKey | null): ReshapingPlan {
  if (below === null) return refused('there is no server above its source');
  const target = find(shape, below);
  if (target === null) return refused(`${below} is no member of this cluster`);
  if (moving.length === 0) return refused('there is no replica to move');
  const refusals = [
    ...(isCheckValid(target)
      ? []
      : [`${below} cannot be read: ${target.checks.error ?? 'it does not answer'}`]),
    ...moving.flatMap((replica) => whyNotMove(shape, replica, target)),
  ];
  return { refusals, actions: moving.flatMap(({ key }) => move(key, below)) };
}

function whyNotMove(shape: Shape, replica: Instance, target: Instance): readonly string[] {
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
function move(instance: InstanceKey, below: InstanceKey): Action[] {
  return [
    { kind: 'order', order: { verb: 'stopReceiving', instance } },
    { kind: 'await', instance: below, has: instance },
    { kind: 'order', order: { verb: 'follow', instance, source: below } },
  ];
}

function repoint(shape: Shape, known: Instance, below: InstanceKey | null): ReshapingPlan {
  if (below === null) return noSource(known.key);
  const target = find(shape, below);
  const refusals =
    target === null ? [`${below} is no member of this cluster`] : whyNotMove(shape, known, target);
  return {
    refusals,
    actions: [{ kind: 'order', order: { verb: 'follow', instance: known.key, source: below } }],
  };
}

function takeMaster(shape: Shape, known: Instance): ReshapingPlan {
  const source = find(shape, sourceOf(known));
  if (source === null) return noSource(known.key);
  const grand = find(shape, sourceOf(source));
  const { key } = known;
  if (grand === null)
    return refused(`${source.key}, its source, is the primary: use baton takeover to change places with it`);
  return {
    refusals: [...whyNotMove(shape, known, grand), ...whyNotReplicate(source, known, shape.rules)],
    actions: [
      { kind: 'order', order: { verb: 'stopReceiving', instance: source.key } },
      { kind: 'await', instance: key, has: source.key },
      ...move(key, grand.key),
      { kind: 'order', order: { verb: 'follow', instance: source.key, source: key } },
    ],
  };
}

/**
 * MariaDB refuses a replica that stands at a GTID which its source has not written yet, and so the primary takes
 * no writes while it begins to follow.
 */
function makeCoMaster(shape: Shape, known: Instance): ReshapingPlan {
  const primary = find(shape, sourceOf(known));
  if (primary === null) return noSource(known.key);
  const { key } = primary;
  const current = primary.server?.replication?.source ?? null;
  const refusals = [
    ...(current === null ? [] : [`${key} replicates from ${current}, so it is no primary`]),
    ...whyNotReplicate(primary, known, shape.rules),
  ];
  const wasReadOnly = primary.server?.readOnly === true;
  const silenced: Action[] = wasReadOnly
    ? []
    : [{ kind: 'order', order: { verb: 'setReadOnly', instance: key, readOnly: true } }];
  const freed: Action[] = wasReadOnly
    ? []
    : [{ kind: 'order', order: { verb: 'setReadOnly', instance: key, readOnly: false } }];
  return {
    refusals,
    actions: [
      ...silenced,
      { kind: 'await', instance: known.key, has: key },
      { kind: 'order', order: { verb: 'follow', instance: key, source: known.key } },
      ...freed,
    ],
  };
}

/** A second server that takes writes is never made (P3). */
function setReadOnly({ members }: Shape, { key, server }: Instance, readOnly: boolean): ReshapingPlan {
  const writable = members.filter(
    (one) =>
      one.key !== key && one.server?.readOnly === false && (isCheckValid(one) || one.replaced === null),
  );
  const refusals = readOnly
    ? []
    : [
        ...writable.map((one) =>
          isCheckValid(one)
            ? `${one.key} of the same cluster takes writes already`
            : `${one.key} of the same cluster cannot be asked, and took writes when it last answered`,
        ),
        ...(server?.replication == null
          ? []
          : [`${key} replicates from ${server.replication.source}: use baton takeover`]),
      ];
  return { refusals, actions: [{ kind: 'order', order: { verb: 'setReadOnly', instance: key, readOnly } }] };
}

function ordered(...orders: readonly Order[]): ReshapingPlan {
  return { refusals: [], actions: orders.map((order) => ({ kind: 'order', order })) };
}

function refused(because: string): ReshapingPlan {
  return { refusals: [because], actions: [] };
}

function noSource(instance: InstanceKey): ReshapingPlan {
  return refused(`${instance} replicates from nothing`);
}

function find({ members }: Shape, key: InstanceKey | null): Instance | null {
  return members.find((one) => one.key === key) ?? null;
}

function sourceOf({ server }: Instance): InstanceKey | null {
  return server?.replication?.source ?? null;
}

function above(shape: Shape, source: InstanceKey): InstanceKey | null {
  const known = find(shape, source);
  return known === null ? null : sourceOf(known);
}

function siblings(shape: Shape, known: Instance): readonly Instance[] {
  const source = sourceOf(known);
  return source === null ? [] : others(replicasAmong(shape.members, source), known.key);
}

function others(instances: readonly Instance[], but: InstanceKey): readonly Instance[] {
  return instances.filter(({ key }) => key !== but);
}

function isSibling(shape: Shape, known: Instance, key: InstanceKey): boolean {
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
