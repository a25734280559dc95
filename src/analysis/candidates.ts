import { messageOf } from '../kernel/errors.ts';
import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';
import { binlogFormatRank, compareMajorVersions } from '../topology/compatibility.ts';
import { countGtid, subtractGtid, unionGtid } from '../topology/gtid/arithmetic.ts';
import type { GtidSet } from '../topology/gtid/gtid-set.ts';
import { parseGtid } from '../topology/gtid/parse.ts';
import { isDelayed, type Server } from '../topology/observation.ts';
import { type Instance, promotionRules } from '../topology/snapshot.ts';

/** A replica that was reached after its receiving thread had stopped, so that what it has is final. */
export interface Candidate {
  readonly instance: Instance;
  readonly server: Server;
}

export interface Choice {
  readonly successor: InstanceKey;
  readonly because: string;
  /** One sentence for each other replica: why not it. */
  readonly comparisons: readonly string[];
}

/** A rule of preference: negative when `a` is the better one. `because` says why of a better one. */
interface Preference {
  readonly because: (other: InstanceKey) => string;
  readonly compare: (a: Candidate, b: Candidate, failed: Instance | null) => number;
}

/**
 * The order of preference, first difference wins. What was received comes before everything, for it
 * is the only thing that cannot be had again once the source is dead; then whoever would bring nothing that
 * nobody else has (docs/decisions/0009); the rest follows orchestrator's sorting (orchestrator 3.2.6, section 3.3),
 * made a strict order by the key.
 */
const preferences: readonly Preference[] = [
  {
    because: (other) => `has received more than ${other}`,
    compare: (a, b) => fewer(common(a, holdings(a.server)), common(b, holdings(b.server))),
  },
  {
    because: (other) => `has no transactions of its own, unlike ${other}`,
    compare: (a, b) => Number(isErrant(a)) - Number(isErrant(b)),
  },
  {
    because: (other) => `has applied more than ${other}`,
    compare: (a, b) => fewer(common(a, executed(a.server)), common(b, executed(b.server))),
  },
  {
    because: (other) => `has a better promotion rule than ${other}`,
    compare: (a, b) => ruleRank(a.instance) - ruleRank(b.instance),
  },
  {
    because: (other) => `is in the data centre and environment of the failed primary, unlike ${other}`,
    compare: (a, b, failed) => Number(isElsewhere(a, failed)) - Number(isElsewhere(b, failed)),
  },
  {
    because: (other) => `does not lag on purpose, unlike ${other}`,
    compare: (a, b) => Number(isDelayed(a.server)) - Number(isDelayed(b.server)),
  },
  {
    because: (other) => `has an older version than ${other}`,
    compare: (a, b) => compareMajorVersions(a.server, b.server),
  },
  {
    because: (other) => `has a smaller binlog format than ${other}`,
    compare: (a, b) => binlogFormatRank(a.server) - binlogFormatRank(b.server),
  },
  {
    because: (other) => `is as good as ${other}, and comes first by name`,
    compare: (a, b) => compareKeys(a.instance.key, b.instance.key),
  },
];

/** Chooses the successor, or says in one sentence why there is none. */
export function chooseSuccessor(
  candidates: readonly Candidate[],
  options: { failed: Instance | null; ignoredHosts: readonly RegExp[] },
): Choice | { readonly successor: null; readonly because: string } {
  const bars = candidates.map((candidate) => ({ candidate, bar: barOf(candidate, options.ignoredHosts) }));
  const fit = bars.flatMap(({ candidate, bar }) => (bar === null ? [candidate] : []));
  const [best, ...others] = fit.toSorted((a, b) => prefer(a, b, options.failed).order);
  const barred = bars.flatMap(({ candidate, bar }) =>
    bar === null ? [] : [`${candidate.instance.key} ${bar}`],
  );
  if (best === undefined) {
    return {
      successor: null,
      because:
        barred.length === 0
          ? 'no replica could be reached'
          : `no replica may be promoted: ${barred.join('; ')}`,
    };
  }
  const { key } = best.instance;
  const compared = others.map((other) => `${key} ${prefer(best, other, options.failed).because}`);
  const because = compared[0] ?? `${key} is the only replica that may be promoted`;
  const despite = isErrant(best)
    ? `, though it has transactions of its own: ${best.instance.gtidErrant}`
    : '';
  return { successor: key, because: `${because}${despite}`, comparisons: [...compared, ...barred] };
}

/** Why nobody can tell what a server has: a set that it says is malformed, or was cut off. Null where they can. */
export function unreadableGtidOf(server: Server): string | null {
  try {
    holdings(server);
    return null;
  } catch (error) {
    return `says a GTID set that cannot be read: ${messageOf(error)}`;
  }
}

/** Everything a server has: what it executed, and what it received and has yet to apply. */
export function holdings(server: Server): GtidSet {
  return onceFor(server, everHeld, () =>
    unionGtid(executed(server), parseGtid(server.replication?.receivedGtid ?? '')),
  );
}

export function executed(server: Server): GtidSet {
  return onceFor(server, everExecuted, () => parseGtid(server.executedGtid));
}

/** A set may be megabytes long, and a choice compares each candidate with several others: one reading is parsed once. */
const everHeld = new WeakMap<Server, GtidSet>();
const everExecuted = new WeakMap<Server, GtidSet>();

function onceFor(server: Server, known: WeakMap<Server, GtidSet>, make: () => GtidSet): GtidSet {
  const set = known.get(server) ?? make();
  known.set(server, set);
  return set;
}

/** Why a replica may not be promoted whatever it has; null where it may. */
function barOf({ instance, server }: Candidate, ignoredHosts: readonly RegExp[]): string | null {
  const unreadable = unreadableGtidOf(server);
  if (unreadable !== null) return unreadable;
  if (!server.logBin) return 'writes no binary log';
  if (!server.logReplicaUpdates) return 'does not log what it replicates';
  if (instance.isBinlogServer) return 'is a binlog server';
  if (instance.promotionRule === 'must_not') return 'has the promotion rule must_not';
  if (ignoredHosts.some((pattern) => pattern.test(instance.key)))
    return 'matches PromotionIgnoreHostnameFilters';
  if (server.replication === null) return 'replicates from nothing';
  if (server.replication.channels > 1 || server.replication.channel !== '')
    return 'replicates over more than the default channel';
  if (server.replication.position === 'coordinates') return 'does not replicate by GTID';
  if (server.replication.lastSqlError !== '')
    return `cannot apply what it has received: ${server.replication.lastSqlError}`;
  return null;
}

function prefer(a: Candidate, b: Candidate, failed: Instance | null): { order: number; because: string } {
  for (const { because, compare } of preferences) {
    const order = compare(a, b, failed);
    if (order !== 0) return { order, because: because(b.instance.key) };
  }
  return { order: 0, because: `is the same as ${b.instance.key}` };
}

function isErrant({ instance }: Candidate): boolean {
  return instance.gtidErrant !== '';
}

/**
 * What of its transactions came from its source. MariaDB gives numbers away twice, its own among those of others;
 * what it received from its source it says apart.
 */
function common({ instance, server }: Candidate, has: GtidSet): GtidSet {
  if (instance.gtidErrant === '') return has;
  if (server.flavour !== 'mariadb') return subtractGtid(has, parseGtid(instance.gtidErrant));
  return parseGtid(server.replication?.receivedGtid || server.executedGtid);
}

/**
 * Counting orders what containing only orders in part: a set that contains another counts more, and
 * two that diverged still come in an order that is the same whichever pair is compared first.
 */
function fewer(a: GtidSet, b: GtidSet): number {
  const [left, right] = [countGtid(a), countGtid(b)];
  return left === right ? 0 : left > right ? -1 : 1;
}

function ruleRank({ promotionRule }: Instance): number {
  return promotionRules.indexOf(promotionRule);
}

function isElsewhere({ instance }: Candidate, failed: Instance | null): boolean {
  return (
    failed !== null &&
    (instance.dataCenter !== failed.dataCenter || instance.environment !== failed.environment)
  );
}
