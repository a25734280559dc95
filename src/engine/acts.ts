import { z } from 'zod';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { InstanceKey } from '../kernel/instance-key.ts';
import { Coordinates } from '../topology/coordinates.ts';
import type { Observation, Server } from '../topology/observation.ts';
import type { Lease, Order, Servers, Teller } from './ports.ts';
import type { Entry, JournalRecord } from './record.ts';
import type { ActResult, Acts } from './step-context.ts';
import { spelled } from './telling.ts';

/** How a server stood before an act: what its undo goes back to. Null for one that did not answer. */
const Before = z.object({
  readOnly: z.boolean(),
  source: InstanceKey.nullable(),
  receiving: z.boolean(),
  // What an older build wrote does not say.
  applying: z.boolean().default(true),
  /** Where in its source's log it had got to; null where it replicates by GTID, or from nothing. */
  at: Coordinates.nullable().default(null),
  semiSync: z.object({ primary: z.boolean(), replica: z.boolean() }).nullable().default(null),
});
type Before = z.infer<typeof Before>;

/** Bounds one act, looking included; a server that takes longer has not done it. */
const actTimeoutMs = 10_000;

/** The acts of one run: each in the journal before its server is touched, and after. */
export function actsOf(run: {
  step: string;
  servers: Pick<Servers, 'look' | 'act'>;
  lease: Lease;
  teller: Teller;
  lookTimeoutMs: number;
  signal: AbortSignal;
  append: (entry: Entry) => Promise<JournalRecord>;
}): Acts {
  const { step, servers, lease, teller, lookTimeoutMs, signal, append } = run;
  return {
    async perform(order): Promise<ActResult> {
      const [seen] = await servers.look([order.instance], lookTimeoutMs, signal);
      const server = seen?.server ?? null;
      if (seen === undefined || seen.outcome !== 'read' || server === null) {
        const because = seen?.error ?? `${order.instance} did not answer`;
        teller.warn(`${because}, so it was not asked to ${spelled(order)}`, {
          instance: order.instance,
        });
        return { outcome: 'failed', because, seen: seen ?? null };
      }
      if (isAlready(order, server)) return { outcome: 'skipped', because: null, seen };
      const before: Before = beforeOf(server);
      const act = await append({
        kind: 'act',
        step,
        instance: order.instance,
        verb: order.verb,
        order,
        before,
      });
      if (lease.remainingMs() <= 0) {
        throw new BatonError(
          'lease-lost',
          `${order.instance} was not asked to ${spelled(order)}: the lease has run out`,
        );
      }
      const failed = await servers.act(order, actTimeoutMs, signal).then(
        () => null,
        (error: unknown) => messageOf(error),
      );
      await append({
        kind: 'acted',
        of: act.seq,
        outcome: failed === null ? 'done' : 'failed',
        because: failed,
      });
      if (failed === null)
        teller.tell(`${order.instance} was asked to ${spelled(order)}`, { instance: order.instance });
      else
        teller.warn(`${order.instance} would not ${spelled(order)}: ${failed}`, { instance: order.instance });
      return { outcome: failed === null ? 'done' : 'failed', because: failed, seen };
    },
  };
}

/**
 * The orders that would put back what these records' acts have changed, last change first. An act
 * without an outcome may have been done, so it is undone too; on a server that was never changed its
 * undo finds everything already as wanted.
 */
export function undoOf(records: readonly JournalRecord[], undoStep: string): Order[] {
  const touched = new Map<InstanceKey, { before: Before; verbs: Set<string> }>();
  for (const record of records) {
    if (record.kind !== 'act' || record.step === undoStep) continue;
    const before = Before.parse(record.before);
    const known = touched.get(record.instance) ?? { before, verbs: new Set() };
    known.verbs.add(record.verb);
    touched.set(record.instance, known);
  }
  return [...touched]
    .reverse()
    .flatMap(([instance, { before, verbs }]) => restoring(instance, before, verbs));
}

/** Starting a stopped thread again keeps its relay log; following anew would not, so it is the last resort. */
function restoring(instance: InstanceKey, before: Before, verbs: ReadonlySet<string>): Order[] {
  const { readOnly, source, receiving, applying, at, semiSync } = before;
  const orders: Order[] = [];
  if (readOnly) orders.push({ verb: 'setReadOnly', instance, readOnly });
  if (source !== null && resourcing.some((verb) => verbs.has(verb)))
    orders.push({ verb: 'follow', instance, source, ...(at === null ? {} : { at }) });
  else if (source === null && verbs.has('follow')) orders.push({ verb: 'forget', instance });
  else if (receiving) orders.push({ verb: 'startReceiving', instance });
  if (applying && verbs.has('stopApplying')) orders.push({ verb: 'startApplying', instance });
  if (semiSync !== null && verbs.has('setSemiSync'))
    orders.push(
      { verb: 'setSemiSync', instance, side: 'replica', enabled: semiSync.replica },
      { verb: 'setSemiSync', instance, side: 'primary', enabled: semiSync.primary },
    );
  if (!readOnly) orders.push({ verb: 'setReadOnly', instance, readOnly });
  return orders;
}

/** Verbs after which a server does not know its source any more, or has another. */
const resourcing = ['promote', 'follow', 'forget', 'detach', 'reattach'];

/** Whether the server is as the order would make it, so that doing it twice does nothing. */
function isAlready(order: Order, server: Server): boolean {
  const { replication } = server;
  switch (order.verb) {
    case 'stopReceiving':
      return replication === null || replication.ioThread === 'stopped' || replication.ioThread === 'none';
    case 'startReceiving':
      return replication !== null && replication.ioThread !== 'stopped' && replication.ioThread !== 'none';
    case 'reconnect':
      // One that somebody has stopped is not to be started; one that waits before it tries again may try now.
      return replication === null || replication.ioThread === 'stopped' || replication.ioThread === 'none';
    case 'stopApplying':
      return replication === null || replication.sqlThread !== 'running';
    case 'startApplying':
      return replication?.sqlThread === 'running';
    case 'promote':
      return replication === null && !server.readOnly;
    case 'forget':
      return replication === null;
    case 'detach':
      return replication === null;
    case 'reattach':
      return server.detachedFrom === null;
    case 'setSemiSync':
      return (
        order.enabled ===
        (order.side === 'primary' ? server.semiSync.primaryEnabled : server.semiSync.replicaEnabled)
      );
    case 'endConnections':
    case 'skipTransaction':
    case 'injectEmpty':
    case 'resetBinlog':
      return false;
    case 'follow':
      return (
        replication?.source === order.source &&
        replication.ioThread !== 'stopped' &&
        replication.ioThread !== 'none' &&
        replication.sqlThread === 'running'
      );
    case 'setReadOnly':
      return server.readOnly === order.readOnly;
  }
}

function beforeOf(server: Server): Before {
  const { replication } = server;
  return {
    readOnly: server.readOnly,
    source: replication?.source ?? null,
    receiving: replication !== null && replication.ioThread !== 'stopped' && replication.ioThread !== 'none',
    applying: replication?.sqlThread === 'running',
    at: replication?.position === 'coordinates' ? replication.execCoordinates : null,
    semiSync: { primary: server.semiSync.primaryEnabled, replica: server.semiSync.replicaEnabled },
  };
}

export function wasRead(seen: Observation | undefined): seen is Observation & { readonly server: Server } {
  return seen?.outcome === 'read' && seen.server !== null;
}
