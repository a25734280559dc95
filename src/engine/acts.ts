import { BatonError, messageOf } from '../kernel/errors.ts';
import { compareCoordinates, coordinatesText } from '../topology/coordinates.ts';
import { compareGtid } from '../topology/gtid/arithmetic.ts';
import { parseGtid } from '../topology/gtid/parse.ts';
import type { Observation, Server } from '../topology/observation.ts';
import { asksAgain, type Kept, keptBy, whyItDrops } from './plan.ts';
import type { Lease, Order, Servers, Teller } from './ports.ts';
import type { Entry, JournalRecord } from './record.ts';
import type { ActResult, Acts } from './step-context.ts';
import { spelled } from './telling.ts';
import { beforeOf } from './undo.ts';

export { undoOf } from './undo.ts';

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
  /** Whoever will be asked again for what is dropped is looked at only where something would be. */
  async function whyItWouldDrop(order: Order, server: Server, kept: Kept | null): Promise<string | null> {
    const refusal = whyItDrops(order, server, kept);
    const source = asksAgain(order, server);
    if (refusal === null || kept !== null || source === null) return refusal;
    const [giver] = await servers.look([source], lookTimeoutMs, signal);
    return wasRead(giver) ? whyItDrops(order, server, keptBy(giver.server)) : refusal;
  }
  return {
    async perform(order, kept = null): Promise<ActResult> {
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
      const evidence = whyNotBack(order, server) ?? (await whyItWouldDrop(order, server, kept));
      if (evidence !== null) {
        teller.warn(evidence, { instance: order.instance });
        return { outcome: 'failed', because: evidence, seen };
      }
      const act = await append({
        kind: 'act',
        step,
        instance: order.instance,
        verb: order.verb,
        order,
        before: beforeOf(server),
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
      return replication === null && server.detachedFrom === null && !server.readOnly;
    case 'forget':
      return replication === null && server.detachedFrom === null;
    case 'detach':
      return replication === null;
    case 'reattach':
      return server.detachedFrom === null;
    case 'skipTransaction':
      return (replication?.lastSqlError ?? '') === '';
    case 'resetBinlog':
      return isSame(server.executedGtid, order.executed);
    case 'setSemiSync':
      return (
        order.enabled ===
        (order.side === 'primary' ? server.semiSync.primaryEnabled : server.semiSync.replicaEnabled)
      );
    case 'endConnections':
    case 'injectEmpty':
      return false;
    case 'follow':
      return (
        replication?.source === order.source &&
        replication.ioThread !== 'stopped' &&
        replication.ioThread !== 'none' &&
        replication.sqlThread === 'running'
      );
    case 'setReadOnly':
      return server.readOnly === order.readOnly && (order.evenSuper !== true || server.superReadOnly);
  }
}

/** A place in another source's log says nothing any more of a server that has applied more since. */
function whyNotBack(order: Order, { replication }: Server): string | null {
  if (order.verb !== 'follow' || order.ifStillAt === undefined || replication === null) return null;
  const { source, execCoordinates: now } = replication;
  if (source === order.source || (now !== null && compareCoordinates(now, order.ifStillAt) === 0))
    return null;
  return `${order.instance} has applied more of ${source}'s log since (up to ${now === null ? 'nobody knows where' : coordinatesText(now)}), and without GTID nobody can say where that is in the log of ${order.source}`;
}

function isSame(one: string, other: string): boolean {
  return compareGtid(parseGtid(one), parseGtid(other)) === 'equal';
}

export function wasRead(seen: Observation | undefined): seen is Observation & { readonly server: Server } {
  return seen?.outcome === 'read' && seen.server !== null;
}
