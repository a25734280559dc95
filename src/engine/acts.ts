import type { FencingLevel } from '../analysis/cost/fencing.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { compareCoordinates, coordinatesText } from '../topology/coordinates.ts';
import { compareGtid } from '../topology/gtid/arithmetic.ts';
import { parseGtid } from '../topology/gtid/parse.ts';
import type { Observation, Server } from '../topology/observation.ts';
import { whyNotFenced } from './fenced.ts';
import { asksAgain, type Kept, keptBy, whyItDrops } from './plan.ts';
import type { Lease, Order, Servers, Teller } from './ports.ts';
import type { Entry, JournalRecord } from './record.ts';
import type { ActResult, Acts } from './step-context.ts';
import { whyNotSaved } from './saved.ts';
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
  /** How sure the run must be that the old primary takes no writes before it makes another one (FencingLevelRequired). */
  fencingRequired: FencingLevel;
  history: () => readonly JournalRecord[];
  append: (entry: Entry) => Promise<JournalRecord>;
}): Acts {
  const { step, servers, lease, teller, lookTimeoutMs, signal, fencingRequired, history, append } = run;
  /** Whoever will be asked again for what is dropped is looked at only where something would be. */
  async function whyItWouldDrop(order: Order, server: Server, kept: Kept | null): Promise<string | null> {
    const refusal = whyItDrops(order, server, kept);
    const source = asksAgain(order, server);
    if (refusal === null || kept !== null || source === null) return refusal;
    const [giver] = await servers.look([source], lookTimeoutMs, signal);
    return wasRead(giver) ? whyItDrops(order, server, keptBy(giver.server)) : refusal;
  }
  /** Written down before its server is touched, unless there is nothing to do or it may not be done. */
  async function intend(order: Order, seen: Observation | null, kept: Kept | null): Promise<Intent> {
    const { instance, verb } = order;
    const settled = (outcome: 'skipped' | 'failed', because: string | null) => {
      if (because !== null) teller.warn(because, { instance });
      return { order, seq: null, result: { outcome, because, seen } };
    };
    if (seen === null || !wasRead(seen)) {
      const because = seen?.error ?? `${instance} did not answer`;
      teller.warn(`${because}, so it was not asked to ${spelled(order)}`, { instance });
      return { order, seq: null, result: { outcome: 'failed', because, seen } };
    }
    if (isAlready(order, seen.server)) return settled('skipped', null);
    const forbidden =
      whyNotFenced(order, seen.server, { history: history(), required: fencingRequired }) ??
      whyNotBack(order, seen.server) ??
      whyNotSaved(order, seen.server, history()) ??
      (await whyItWouldDrop(order, seen.server, kept));
    if (forbidden !== null) return settled('failed', forbidden);
    const { seq } = await append({ kind: 'act', step, instance, verb, order, before: beforeOf(seen.server) });
    return { order, seq, result: { outcome: 'done', because: null, seen } };
  }
  async function carryOut(intent: Intent): Promise<Intent> {
    const { order, seq, result } = intent;
    if (seq === null) return intent;
    if (lease.remainingMs() <= 0) {
      throw new BatonError(
        'lease-lost',
        `${order.instance} was not asked to ${spelled(order)}: the lease has run out`,
      );
    }
    try {
      const statements = await servers.act(order, actTimeoutMs, lease);
      return { order, seq, statements, result: { ...result, outcome: 'done', because: null } };
    } catch (error) {
      // What becomes of it is for the next leader to find out, not for us to write down.
      if (error instanceof BatonError && error.code === 'lease-lost') throw error;
      return { order, seq, result: { ...result, outcome: 'failed', because: messageOf(error) } };
    }
  }
  async function conclude({ order, seq, result, statements }: Intent): Promise<ActResult> {
    const { instance } = order;
    const { outcome, because } = result;
    if (seq === null) return result;
    const sent = statements === undefined ? {} : { statements: [...statements] };
    await append({ kind: 'acted', of: seq, outcome, because, ...sent });
    if (because === null) teller.tell(`${instance} was asked to ${spelled(order)}`, { instance });
    else teller.warn(`${instance} would not ${spelled(order)}: ${because}`, { instance });
    return result;
  }
  const acts: Acts = {
    async perform(order, { kept = null, seen } = {}) {
      const now = seen ?? (await servers.look([order.instance], lookTimeoutMs, signal))[0] ?? null;
      return conclude(await carryOut(await intend(order, now, kept)));
    },
    async performInTurn(instance, orders, known = {}) {
      const seen = known.seen ?? (await servers.look([instance], lookTimeoutMs, signal))[0] ?? null;
      const intents = await Promise.all(orders.map((order) => intend(order, seen, null)));
      const carried: Intent[] = [];
      for (const intent of intents) {
        const failed = carried.find(({ result }) => result.outcome === 'failed');
        carried.push(failed === undefined ? await carryOut(intent) : untried(intent, failed));
      }
      return Promise.all(carried.map(conclude));
    },
  };
  return acts;
}

/** What is to be done; `seq` is that of the act, null where there is nothing to do or it may not be done. */
interface Intent {
  readonly order: Order;
  readonly seq: number | null;
  readonly result: ActResult;
  /** What its server was sent, once it has done it. */
  readonly statements?: readonly string[];
}

function untried(intent: Intent, { order, result }: Intent): Intent {
  const because = `it was not tried, for ${order.instance} would not ${spelled(order)}: ${result.because}`;
  return { ...intent, result: { ...intent.result, outcome: 'failed', because } };
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
    case 'setDelay':
      return replication === null || replication.sqlDelaySeconds === order.seconds;
    case 'useGtid':
      return replication === null || (replication.position !== 'coordinates') === order.on;
    case 'rotateBinlog':
    case 'purgeBinlog':
    case 'endStatement':
    case 'endConnections':
    case 'injectEmpty':
    case 'clone':
      return false;
    case 'follow':
      return (
        replication?.source === order.source &&
        replication.ioThread !== 'stopped' &&
        replication.ioThread !== 'none' &&
        replication.sqlThread === 'running'
      );
    case 'setReadOnly':
      return (
        server.readOnly === order.readOnly &&
        (order.evenSuper !== true || server.superReadOnly || server.flavour === 'mariadb')
      );
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
