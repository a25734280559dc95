import type { Operation } from '../../../workflows/operation.ts';
import { whyNotReplicate } from '../../analysis/choice/can-replicate.ts';
import type { Order } from '../../engine/ports.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, isCheckValid, replicasAmong } from '../../topology/snapshot.ts';
import { errantOrders } from './errant.ts';
import { switchGtid } from './gtid.ts';
import { above, isSibling, move, moves, others, siblings, whyNotMove } from './moves.ts';
import { purge } from './purge.ts';
import { makeLocalPrimary, regroup } from './regroup.ts';
import {
  type Action,
  find,
  noSource,
  ordered,
  refused,
  type ReshapingPlan,
  type Shape,
  sourceOf,
} from './shape.ts';

/** How an operation is done on a cluster as it stands, or why it cannot be done. Changes nothing. */
export function planOf(operation: Operation, shape: Shape): ReshapingPlan {
  const { instance } = operation;
  const known = find(shape, instance);
  if (known === null) return refused(`${instance} is no member of this cluster`);
  if (operation.verb === 'regroup-replicas') return regroup(shape, known);
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
    case 'make-local-master':
      return makeLocalPrimary(shape, known);
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
    case 'enable-gtid':
    case 'disable-gtid':
      return switchGtid(shape, known, operation.verb === 'enable-gtid');
    case 'delay-replication':
      return source === null
        ? noSource(instance)
        : ordered({ verb: 'setDelay', instance, seconds: operation.seconds });
    case 'flush-binary-logs':
      return ordered({ verb: 'rotateBinlog', instance });
    case 'purge-binary-logs':
      return purge(shape, known, operation);
    case 'kill-query':
      return ordered({ verb: 'endStatement', instance, connection: operation.connection });
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
