import { z } from 'zod';
import { compareKeys, InstanceKey } from '../kernel/instance-key.ts';
import { countGtid, subtractGtid, unionGtid } from '../topology/gtid/arithmetic.ts';
import type { GtidSet } from '../topology/gtid/gtid-set.ts';
import { parseGtid } from '../topology/gtid/parse.ts';
import { isReplicating, type Server } from '../topology/observation.ts';
import { type Instance, isDowntimed } from '../topology/snapshot.ts';
import { whyNotReplicate } from './choice/can-replicate.ts';
import { executed, holdings, unreadableGtidOf } from './choice/candidates.ts';
import { chooseSuccessor } from './choice/choose-successor.ts';
import { freely, type PromotionRules } from './choice/promotion-rules.ts';

/** An instance that was read just now. */
export type Fresh = Instance & { readonly server: Server };

/** A replica that has lost its source, the source that it shall have, and why that one. */
export const Move = z.object({ instance: InstanceKey, source: InstanceKey, because: z.string() });
export type Move = z.infer<typeof Move>;

/** Who gets which source, who gets none and why, and the sentences of the choice, the best source first. */
export const Relocation = z.object({
  moves: z.array(Move).readonly(),
  left: z.array(z.object({ instance: InstanceKey, because: z.string() })).readonly(),
  /** The source that most of them get, the better one where two have as many; null where nobody gets any. */
  successor: InstanceKey.nullable(),
  because: z.string(),
  comparisons: z.array(z.string()).readonly(),
});
export type Relocation = z.infer<typeof Relocation>;

/** What is known when the replicas of a dead intermediate source, or of a dead group member, need another source. */
export interface Orphaned {
  /** As it was when it last answered. */
  readonly failed: Instance;
  readonly orphans: readonly Fresh[];
  /** All other members of the cluster that answered just now. */
  readonly others: readonly Fresh[];
  /** Sources that were tried for an orphan and did not do. */
  readonly tried: readonly Move[];
  readonly rules: Pick<PromotionRules, 'ignoredHosts' | 'replication'>;
  readonly now: number;
}

/** A source for whoever can replicate from it. */
interface Option {
  readonly source: Fresh;
  readonly because: string;
}

/**
 * Gives each orphan the first source that it can replicate from (orchestrator 3.2.6, section 3.6): a sibling of
 * the dead source in its data centre (plan A); the best of the orphans, so that whoever feeds it has as many
 * replicas as before (B); a sibling elsewhere (C); the source of the dead one (D). Those of a group member get
 * another member (section 3.7, which takes any). Whether a source has what an orphan holds is seen when it moves.
 */
export function planRelocation(orphaned: Orphaned): Relocation {
  const { orphans } = orphaned;
  const { options, notes } = optionsIn(orphaned);
  const moves: Move[] = [];
  const left: { instance: InstanceKey; because: string }[] = [];
  for (const orphan of orphans) {
    const found = sourceFor(orphan, options, orphaned);
    if ('source' in found) moves.push(found);
    else left.push({ instance: orphan.key, because: found.because });
  }
  const [successor = null] = options
    .map(({ source }) => source.key)
    .toSorted((a, b) => countTo(b, moves) - countTo(a, moves));
  const because = moves.find(({ source }) => source === successor)?.because;
  return {
    moves,
    left,
    successor: moves.length === 0 ? null : successor,
    because:
      because ?? (left.map((one) => `${one.instance}: ${one.because}`).join('; ') || 'nobody needs one'),
    comparisons: notes,
  };
}

/** What a replica has, applied or not, and its next source has not executed; what its last source lacked too it lives with. */
export function aheadOf(replica: Fresh, source: Server): GtidSet {
  return subtractGtid(holdings(replica.server), unionGtid(executed(source), parseGtid(replica.gtidErrant)));
}

function countTo(source: InstanceKey, moves: readonly Move[]): number {
  return moves.filter((move) => move.source === source).length;
}

/** The sources in the order in which they are tried, and a sentence about each that is none or comes later. */
function optionsIn(orphaned: Orphaned): { options: readonly Option[]; notes: readonly string[] } {
  return orphaned.failed.group === null ? besideIntermediate(orphaned) : amongMembers(orphaned);
}

function besideIntermediate(orphaned: Orphaned) {
  const { failed, others } = orphaned;
  const upstream = upstreamIn(orphaned);
  const siblings = others.filter(
    ({ server }) => upstream !== null && server.replication?.source === upstream.key,
  );
  const { fit, notes } = sifted(siblings, orphaned);
  const [near, far] = [true, false].map((isNear) =>
    fit
      .filter((one) => (one.dataCenter === failed.dataCenter) === isNear)
      .map((source) => siblingOption(source, { failed, upstream, isNear })),
  );
  const top: Option[] =
    upstream === null ? [] : [{ source: upstream, because: upstreamWords(upstream, failed) }];
  const [a = [], c = []] = [near, far];
  // One that no other source feeds leads nobody.
  const leader = a.length > 0 ? null : leaderAmong(orphaned, [...c, ...top]);
  return { options: [...a, ...(leader === null ? [] : [leader]), ...c, ...top], notes };
}

function amongMembers(orphaned: Orphaned) {
  const { failed, others } = orphaned;
  const members = others.filter(
    ({ group }) => group?.name === failed.group?.name && group?.state === 'ONLINE',
  );
  const { fit, notes } = sifted(members, orphaned);
  const options = fit.map((source) => ({
    source,
    because: `${source.key} is an ONLINE member of the same group`,
  }));
  return { options, notes };
}

/** The source of the dead one; where that does not answer either, the primary that the cluster has now. */
function upstreamIn({ failed, others }: Orphaned): Fresh | null {
  const source = failed.server?.replication?.source;
  const own = others.find(({ key }) => key === source);
  const primary = others.find(({ server }) => server.replication === null && !server.readOnly);
  return own ?? primary ?? null;
}

/** Only where several need a source is there anybody to lead. */
function leaderAmong(orphaned: Orphaned, feeders: readonly Option[]): Option | null {
  const { orphans, failed, rules } = orphaned;
  const fed = orphans.filter((orphan) => 'source' in sourceFor(orphan, feeders, orphaned));
  if (orphans.length < 2) return null;
  const choice = chooseSuccessor(
    fed.map((instance) => ({ instance, server: instance.server })),
    { failed, rules: { ...freely, ...rules } },
  );
  const source = fed.find(({ key }) => key === choice.successor);
  if (source === undefined) return null;
  return { source, because: `no sibling of ${failed.key} is in its data centre, and ${choice.because}` };
}

/** The first of the options that this orphan can replicate from, or why none will do. */
function sourceFor(
  orphan: Fresh,
  options: readonly Option[],
  { tried, rules }: Orphaned,
): Move | { because: string } {
  const bar = whyStay(orphan);
  if (bar !== null) return { because: bar };
  const reasons: string[] = [];
  for (const { source, because } of options) {
    if (source.key === orphan.key) continue;
    const before = tried.find((one) => one.instance === orphan.key && one.source === source.key);
    const against =
      before === undefined
        ? whyNotReplicate(orphan, source, rules.replication)
        : [`${source.key} was tried, and ${before.because}`];
    if (against.length === 0) return { instance: orphan.key, source: source.key, because };
    reasons.push(...against);
  }
  return { because: reasons.length === 0 ? 'no other source answers' : reasons.join('; ') };
}

/** Why nobody can tell where an orphan would go on at another source; null where GTIDs tell. */
function whyStay({ server }: Fresh): string | null {
  const { replication } = server;
  if (replication === null) return 'it replicates from nothing by now';
  if (replication.channels > 1 || replication.channel !== '')
    return 'it replicates over more than the default channel';
  if (replication.position === 'coordinates') return 'it does not replicate by GTID';
  return unreadableGtidOf(server) === null ? null : `it ${unreadableGtidOf(server)}`;
}

/** Those of these that may be a source, the best first, with a sentence about each other. */
function sifted(candidates: readonly Fresh[], orphaned: Orphaned): { fit: Fresh[]; notes: string[] } {
  const bars = candidates.map((one) => ({ one, bar: barOf(one, orphaned) }));
  const fit = bars
    .flatMap(({ one, bar }) => (bar === null ? [one] : []))
    .toSorted((a, b) => prefer(a, b, orphaned).order);
  const [best, ...rest] = fit;
  const later = rest.flatMap((other) =>
    best === undefined ? [] : [`${best.key} ${prefer(best, other, orphaned).because} ${other.key}`],
  );
  return {
    fit,
    notes: [...later, ...bars.flatMap(({ one, bar }) => (bar === null ? [] : [`${one.key} ${bar}`]))],
  };
}

/** Why an instance is no source for any orphan (orchestrator 3.2.6, section 3.6); null where it may be one. */
function barOf(candidate: Fresh, { failed, rules, now }: Orphaned): string | null {
  const { key, server, group } = candidate;
  const { replication } = server;
  if (!server.logBin) return 'writes no binary log';
  if (candidate.promotionRule === 'must_not') return 'has the promotion rule must_not';
  if (rules.ignoredHosts.some((pattern) => pattern.test(key)))
    return 'matches PromotionIgnoreHostnameFilters';
  if (isDowntimed(candidate, now) || candidate.inMaintenance) return 'is in downtime';
  if (candidate.isBinlogServer !== failed.isBinlogServer)
    return candidate.isBinlogServer ? 'is a binlog server' : 'is no binlog server';
  const unreadable = unreadableGtidOf(server);
  if (unreadable !== null) return unreadable;
  if (group !== null) return null;
  if (!server.logReplicaUpdates) return 'does not log what it replicates';
  if (!isReplicating(server)) return 'does not replicate itself';
  if (replication?.hasFilters !== (failed.server?.replication?.hasFilters ?? false))
    return replication?.hasFilters === true
      ? 'replicates by filters'
      : 'does not replicate by the same filters';
  return null;
}

interface Preference {
  readonly because: string;
  readonly compare: (a: Fresh, b: Fresh, failed: Instance) => number;
}

/** orchestrator's preferences among siblings (section 3.6), made a strict order: the more advanced one first, then the key. */
const preferences: readonly Preference[] = [
  {
    because: 'has a better promotion rule or place than',
    compare: (a, b, failed) => tier(a, failed) - tier(b, failed),
  },
  {
    because: 'has more replicas already than',
    compare: (a, b) => b.server.listedReplicas.length - a.server.listedReplicas.length,
  },
  { because: 'has applied more than', compare: (a, b) => applied(b) - applied(a) },
  {
    because: 'is as good a source as, and comes by name before,',
    compare: (a, b) => compareKeys(a.key, b.key),
  },
];

function prefer(a: Fresh, b: Fresh, { failed }: Orphaned): { order: number; because: string } {
  for (const { compare, because } of preferences) {
    const order = compare(a, b, failed);
    if (order !== 0) return { order, because };
  }
  return { order: 0, because: 'is' };
}

/** One that people prefer and that is in the same place; that they prefer; that is in the same place; any. */
function tier(one: Fresh, failed: Instance): number {
  const isPreferred = one.promotionRule === 'must' || one.promotionRule === 'prefer';
  const isNear = one.dataCenter === failed.dataCenter && one.environment === failed.environment;
  return isPreferred ? (isNear ? 0 : 1) : isNear ? 2 : 3;
}

function applied({ server }: Fresh): number {
  return Number(countGtid(executed(server)));
}

function siblingOption(
  source: Fresh,
  { failed, upstream, isNear }: { failed: Instance; upstream: Fresh | null; isNear: boolean },
): Option {
  const where = isNear ? '' : ', though in another data centre';
  const whom = upstream === null ? 'nobody' : upstream.key;
  const asBefore =
    failed.server?.replication?.source === upstream?.key ? `as ${failed.key} did` : 'the primary now';
  return { source, because: `${source.key} replicates from ${whom}, ${asBefore}${where}` };
}

function upstreamWords(upstream: Fresh, failed: Instance): string {
  return failed.server?.replication?.source === upstream.key
    ? `${upstream.key} is the source of ${failed.key}`
    : `${upstream.key} is the primary now`;
}
