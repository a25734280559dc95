import { compareKeys } from '../../kernel/instance-key.ts';
import { compareCoordinates } from '../../topology/coordinates.ts';
import { countGtid, subtractGtid, unionGtid } from '../../topology/gtid/arithmetic.ts';
import { emptyGtid, type GtidSet, isEmptyGtid } from '../../topology/gtid/gtid-set.ts';
import type { Instance } from '../../topology/snapshot.ts';
import { reachOf } from './backlog.ts';
import { whyNotReplicate } from './can-replicate.ts';
import { type Candidate, executed, inherited, isErrant, unapplied } from './candidates.ts';
import { isLate, type PromotionRules, whyCannotApply, whyNoSource } from './promotion-rules.ts';

/** A replica that may be promoted, and what that would keep. */
export interface Contender extends Candidate {
  /** From whom it would fetch what it has not received; null where nobody has more, or none can give it. */
  readonly donor: Candidate | null;
  /** What others have received that it would lack all the same. */
  readonly lacking: GtidSet;
  /** Without GTID: how many that may be promoted have received more of their source's log. */
  readonly behind: number;
}

/** Holds each of these that may be promoted against what all of them have received. */
export function contendersAmong(
  fit: readonly Candidate[],
  reached: readonly Candidate[],
  { failed, rules, byGtid }: { failed: Instance | null; rules: PromotionRules; byGtid: boolean },
): readonly Contender[] {
  const soon = fit.some((one) => !isLate(one, rules));
  const counts = (one: Candidate) => !isLate(one, rules) || !soon || mayHaveAcknowledged(one, failed);
  if (!byGtid) {
    const counted = fit.filter(counts);
    return fit.map((one) => ({ ...one, donor: null, lacking: emptyGtid, behind: moreThan(one, counted) }));
  }
  const fitKeys = new Set(fit.map(({ instance }) => instance.key));
  const givers = reached.filter((one) => canGive(one, rules));
  const counted = [...givers.filter(({ instance }) => !fitKeys.has(instance.key)), ...fit.filter(counts)];
  const all = counted.reduce((sum, one) => unionGtid(sum, inherited(one)), emptyGtid);
  return fit.map((one) => ({
    ...one,
    behind: 0,
    ...bestDonor(one, subtractGtid(all, inherited(one)), givers, rules),
  }));
}

function moreThan({ server }: Candidate, others: readonly Candidate[]): number {
  const own = reachOf(server);
  if (own === null) return others.length;
  return others.filter((other) => {
    const reach = reachOf(other.server);
    return reach !== null && compareCoordinates(reach.received, own.received) > 0;
  }).length;
}

/**
 * The source has told a client that a transaction is safe once such a replica has received it. Where it has not, what
 * is left behind on a replica that lags on purpose is lost as any other that came too late (docs/decisions/0012).
 */
function mayHaveAcknowledged({ server }: Candidate, failed: Instance | null): boolean {
  const semiSync = failed?.server?.semiSync;
  return semiSync === undefined || (semiSync.primaryEnabled && server.semiSync.replicaEnabled);
}

/** Others can get everything from it that it has received, as soon as it has applied that. */
function canGive(one: Candidate, rules: PromotionRules): boolean {
  if (whyNoSource(one) !== null || one.server.replication?.position === 'coordinates') return false;
  if (isLate(one, rules)) return false;
  return whyCannotApply(one) === null || isEmptyGtid(unapplied(one.server));
}

function bestDonor(
  candidate: Candidate,
  missing: GtidSet,
  givers: readonly Candidate[],
  rules: PromotionRules,
): Pick<Contender, 'donor' | 'lacking'> {
  const alone = { donor: null, lacking: missing };
  if (isEmptyGtid(missing) || !canFetch(candidate)) return alone;
  const [best] = givers
    .filter((giver) => whyNotReplicate(peerOf(candidate), peerOf(giver), rules.replication).length === 0)
    .map((donor) => ({ donor, lacking: subtractGtid(missing, inherited(donor)) }))
    .toSorted(
      (a, b) =>
        fewer(b.lacking, a.lacking) ||
        Number(isErrant(a.donor)) - Number(isErrant(b.donor)) ||
        fewer(executed(a.donor.server), executed(b.donor.server)) ||
        compareKeys(a.donor.instance.key, b.donor.instance.key),
    );
  return best !== undefined && fewer(missing, best.lacking) < 0 ? best : alone;
}

/** MariaDB lets no replica in that stands where its source never was. */
function canFetch(candidate: Candidate): boolean {
  return candidate.server.flavour !== 'mariadb' || !isErrant(candidate);
}

function peerOf({ instance, server }: Candidate) {
  return { ...instance, server };
}

/**
 * Negative where `a` counts more. Counting orders what containing only orders in part: a set that contains another
 * counts more, and two that diverged still come in an order that is the same whichever pair is compared first.
 */
export function fewer(a: GtidSet, b: GtidSet): number {
  const [left, right] = [countGtid(a), countGtid(b)];
  return left === right ? 0 : left > right ? -1 : 1;
}
