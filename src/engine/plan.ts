import { executed, holdings } from '../analysis/choice/candidates.ts';
import { messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { type Coordinates, compareCoordinates, coordinatesText } from '../topology/coordinates.ts';
import { containsGtid, countGtid, intersectGtid, subtractGtid } from '../topology/gtid/arithmetic.ts';
import { isEmptyGtid } from '../topology/gtid/gtid-set.ts';
import { parseGtid } from '../topology/gtid/parse.ts';
import { gtidText } from '../topology/gtid/text.ts';
import type { Server } from '../topology/observation.ts';
import type { Order } from './ports.ts';
import { spelled } from './telling.ts';

/**
 * What is lost with an order, at worst: nothing, what was received and is yet to be applied, one transaction that
 * was received, the binary log with what others have yet to fetch from it, or everything.
 */
export type Drops = 'nothing' | 'relay log' | 'a received transaction' | 'binary log' | 'everything';

/** What doing an order means, for whoever plans with it. */
export interface Traits {
  /** Whether another order puts it back; the others leave something that stays. */
  readonly reversible: boolean;
  readonly drops: Drops;
  /** Only who holds the right to act may do it: true of all that changes a server. */
  readonly needsLease: boolean;
  /** It lets a server take writes, and no other may take any. */
  readonly letsWrite: boolean;
  /** It gives the cluster another primary, which acts do only after a step of the run was answered with a fencing level. */
  readonly needsFence: boolean;
}

/**
 * What others keep of what a server has: GTIDs that the successor or a living source has, or the place in the common
 * source's log up to which it has all.
 */
export type Kept = string | Coordinates;

/** The traits of an order on a server as it stands. docs/decisions/0014-what-statements-drop.md has the experiments. */
export function traitsOf(order: Order, server: Server): Traits {
  return {
    reversible: !lasting.has(order.verb),
    drops: dropsOf(order, server),
    needsLease: true,
    letsWrite: order.verb === 'promote' || (order.verb === 'setReadOnly' && !order.readOnly),
    needsFence: order.verb === 'promote',
  };
}

/** What is ended stays ended, and what is written or thrown away in a log stays so. */
const lasting: ReadonlySet<Order['verb']> = new Set([
  'endConnections',
  'endStatement',
  'rotateBinlog',
  'purgeBinlog',
  'skipTransaction',
  'injectEmpty',
  'resetBinlog',
  'clone',
]);

function dropsOf(order: Order, server: Server): Drops {
  const { replication, flavour } = server;
  if (order.verb === 'resetBinlog' || order.verb === 'purgeBinlog') return 'binary log';
  if (order.verb === 'clone') return 'everything';
  if (replication === null) return 'nothing';
  const isReceiving = replication.ioThread !== 'stopped' && replication.ioThread !== 'none';
  const isApplying = replication.sqlThread === 'running';
  // MariaDB asks anew for all it has not applied when it starts after both of its threads stood still (0005).
  const forgetsWhenStill = flavour === 'mariadb' && replication.position === 'mariadb-gtid';
  switch (order.verb) {
    case 'promote':
    case 'forget':
      return 'relay log';
    case 'follow':
      if (order.source === replication.source)
        return forgetsWhenStill && !isReceiving && !isApplying ? 'relay log' : 'nothing';
      return order.at === undefined && isKeptWhileChanging(server) ? 'nothing' : 'relay log';
    case 'detach':
      return isKeptWhileChanging(server) ? 'nothing' : 'relay log';
    case 'startReceiving':
      return forgetsWhenStill && !isApplying ? 'relay log' : 'nothing';
    case 'startApplying':
    case 'stopApplying':
      return forgetsWhenStill && !isReceiving ? 'relay log' : 'nothing';
    case 'setDelay':
      return flavour !== 'mariadb' && isReceiving ? 'nothing' : 'relay log';
    case 'useGtid':
      return 'relay log';
    case 'skipTransaction':
      return 'a received transaction';
    default:
      return 'nothing';
  }
}

/** MySQL changes the source of a replica by GTID while it applies, and keeps its relay log then. */
function isKeptWhileChanging({ flavour, replication }: Server): boolean {
  return (
    flavour !== 'mariadb' && replication?.sqlThread === 'running' && replication.position === 'mysql-gtid'
  );
}

/**
 * From whom a server will ask again for what it drops by this order, where it will ask anybody: the source that it
 * gets, or the one that it has.
 */
export function asksAgain(order: Order, { replication }: Server): InstanceKey | null {
  if (order.verb === 'follow') return order.at === undefined ? order.source : null;
  const goesOn = asksOn.has(order.verb);
  return goesOn && replication?.position !== 'coordinates' ? (replication?.source ?? null) : null;
}

const asksOn: ReadonlySet<Order['verb']> = new Set([
  'detach',
  'startReceiving',
  'startApplying',
  'stopApplying',
  'setDelay',
  'useGtid',
]);

/** What a source can send again: what it has executed, less what its binary logs no longer have. */
export function keptBy(source: Server): Kept {
  return gtidText(subtractGtid(executed(source), parseGtid(source.purgedGtid)));
}

/**
 * Why an order may not be done (P4): it may drop what the server has received and not applied, and nobody is known to
 * have that. Null where nothing is dropped that is not kept.
 */
export function whyItDrops(order: Order, server: Server, kept: Kept | null): string | null {
  if (dropsOf(order, server) !== 'relay log' || server.replication === null) return null;
  const what = unkept(server, kept);
  return what === null
    ? null
    : `${order.instance} has yet to apply ${what} that it has received; were it asked to ${spelled(order)} now, that could be lost, for nobody else is known to have it`;
}

/** What a server has received, not applied, and nobody keeps, in words; null where there is nothing. */
function unkept(server: Server, kept: Kept | null): string | null {
  const { replication } = server;
  if (replication === null) return null;
  if (replication.position === 'coordinates') {
    const { readCoordinates: read, execCoordinates: applied } = replication;
    if (read === null || applied === null || compareCoordinates(read, applied) <= 0) return null;
    if (kept !== null && typeof kept !== 'string' && compareCoordinates(read, kept) <= 0) return null;
    return `its source's log up to ${coordinatesText(read)}, from ${coordinatesText(applied)} on,`;
  }
  try {
    const waiting = subtractGtid(holdings(server), executed(server));
    if (isEmptyGtid(waiting)) return null;
    const held = typeof kept === 'string' ? parseGtid(kept) : null;
    if (held !== null && containsGtid(held, waiting)) return null;
    const lost = held === null ? waiting : subtractGtid(waiting, intersectGtid(waiting, held));
    const count = countGtid(lost);
    return `${count === 1n ? 'a transaction' : `${count} transactions`} (${shown(gtidText(lost))})`;
  } catch (error) {
    return `transactions that nobody can count (${messageOf(error)})`;
  }
}

function shown(set: string): string {
  return set.length > 200 ? `${set.slice(0, 200)}…` : set;
}

/** One thing of a plan, in its order: an order, a wait until one server has all that another has, or what is no order. */
export type Planned =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'await'; readonly instance: InstanceKey; readonly has: InstanceKey }
  | { readonly kind: 'said'; readonly sentence: string };

/**
 * A plan for a person, a sentence each: of an order what is asked, and what that means on the server as `known` has it
 * before the plan.
 */
export function planText(
  plan: readonly Planned[],
  known: readonly { readonly key: InstanceKey; readonly server: Server | null }[],
): readonly string[] {
  const servers = new Map(known.map(({ key, server }) => [key, server]));
  return plan.map((planned) =>
    plannedText(planned, planned.kind === 'order' ? (servers.get(planned.order.instance) ?? null) : null),
  );
}

function plannedText(planned: Planned, server: Server | null): string {
  if (planned.kind === 'said') return planned.sentence;
  if (planned.kind === 'await')
    return `${planned.instance} is waited for until it has all that ${planned.has} has`;
  const { order } = planned;
  const words = server === null ? [] : traitWords(traitsOf(order, server));
  return `${order.instance} is asked to ${spelled(order)}${words.length === 0 ? '' : ` (${words.join('; ')})`}`;
}

function traitWords({ reversible, drops, letsWrite }: Traits): readonly string[] {
  return [
    ...(reversible ? [] : ['cannot be undone']),
    ...(drops === 'nothing' ? [] : [dropWords[drops]]),
    ...(letsWrite ? ['no other server may take writes then'] : []),
  ];
}

const dropWords = {
  'relay log': 'may drop what it has received and not applied',
  'a received transaction': 'drops one transaction that it has received',
  'binary log': 'drops its binary log',
  everything: 'drops all that it has',
} as const satisfies Record<Exclude<Drops, 'nothing'>, string>;
