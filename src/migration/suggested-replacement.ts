import { whyNeverReplicate } from '../analysis/choice/can-replicate.ts';
import type { PromotionRules } from '../analysis/choice/promotion-rules.ts';
import { BatonError } from '../kernel/errors.ts';
import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';
import { type Instance, isCheckValid, replicasAmong } from '../topology/snapshot.ts';

/** A failover that orchestrator has made half: `promoted` leads the other replicas of `failed` already. */
interface HalfMade {
  readonly failed: Instance;
  readonly promoted: Instance;
  readonly members: readonly Instance[];
  readonly rules: PromotionRules;
}

export interface Suggestion {
  readonly replacement: InstanceKey;
  readonly because: string;
}

/** Whether a candidate may be taken, and what that would be good for. */
type Try = readonly [(one: Instance) => boolean, string];

/**
 * Who should take over from the replica that was promoted: orchestrator's own rule, to the letter, that of two as good
 * the last one wins included (orchestrator 3.2.6, section 3.4). Baton's recoveries choose otherwise, and before
 * anything is promoted.
 */
export function suggestReplacement(half: HalfMade): Suggestion {
  const { failed, promoted, members, rules } = half;
  const ordered = members
    .filter(({ key }) => key !== failed.key)
    .toSorted((a, b) => compareKeys(a.key, b.key));
  const wished = ordered.filter(({ promotionRule }) => ['must', 'prefer'].includes(promotionRule));
  const neutral = ordered.filter(({ promotionRule }) => promotionRule === 'neutral');
  const isWished = wished.some(({ key }) => key === promoted.key);
  const kept = (because: string) => ({ replacement: promoted.key, because: `${promoted.key} ${because}` });
  if (isWished && isBeside(promoted, failed))
    return kept('should be promoted and is beside the failed primary');
  const [likeFailed, likePromoted, anywhere] = triesOf(half);
  const found =
    lastOf(wished, likeFailed, half) ??
    (isWished && staysNear(promoted, failed, rules) ? kept('should be promoted') : null) ??
    lastOf(wished, likePromoted, half) ??
    lastOf(wished, anywhere, half);
  if (found !== null) return found;
  const isUnwelcome = promoted.promotionRule === 'prefer_not' || !staysNear(promoted, failed, rules);
  const instead = isUnwelcome
    ? (lastOf(neutral, likeFailed, half) ??
      lastOf(neutral, likePromoted, half) ??
      lastOf(neutral, anywhere, half))
    : null;
  return instead ?? kept('stays, for nobody suits better that could take over from it');
}

function triesOf({ failed, promoted, rules }: HalfMade): readonly [Try, Try, Try] {
  return [
    [(one) => isBeside(one, failed), 'is beside the failed primary'],
    [(one) => isBeside(one, promoted), `is beside ${promoted.key}`],
    [(one) => staysNear(one, failed, rules), 'is where a primary may be'],
  ];
}

function lastOf(candidates: readonly Instance[], [suits, because]: Try, half: HalfMade): Suggestion | null {
  const found = candidates.findLast((one) => canTakeOver(one, half) && suits(one));
  return found === undefined ? null : { replacement: found.key, because: `${found.key} ${because}` };
}

function canTakeOver(one: Instance, { promoted, rules }: HalfMade): boolean {
  const { server } = one;
  return (
    isCheckValid(one) &&
    server?.logBin === true &&
    server.logReplicaUpdates &&
    !one.isBinlogServer &&
    one.promotionRule !== 'must_not' &&
    !rules.ignoredHosts.some((pattern) => pattern.test(one.key)) &&
    server.replication?.source === promoted.key &&
    whyNeverReplicate(promoted, one, rules.replication).length === 0
  );
}

function isBeside(one: Instance, other: Instance): boolean {
  return one.dataCenter === other.dataCenter && one.environment === other.environment;
}

function staysNear(one: Instance, failed: Instance, rules: PromotionRules): boolean {
  return (
    (!rules.staysInDataCenter || one.dataCenter === failed.dataCenter) &&
    (!rules.staysInRegion || one.region === failed.region)
  );
}

/**
 * The failed primary and whom orchestrator has promoted, as rows show them: the only one without a source, and that of
 * its replicas which has replicas itself. Whoever is named is taken at their word. Throws `rows-unreadable`.
 */
export function halfMadeIn(
  members: readonly Instance[],
  named: { readonly failed: InstanceKey | null; readonly promoted: InstanceKey | null },
): Pick<HalfMade, 'failed' | 'promoted'> {
  const failed = theOnly(
    members.filter(({ key, server }) =>
      named.failed === null ? server?.replication == null : key === named.failed,
    ),
    named.failed ?? 'the failed primary (name it with --failed)',
  );
  const promoted = theOnly(
    named.promoted === null
      ? replicasAmong(members, failed.key).filter(({ key }) => replicasAmong(members, key).length > 0)
      : members.filter(({ key }) => key === named.promoted),
    named.promoted ?? 'the promoted replica (name it with --promoted)',
  );
  return { failed, promoted };
}

function theOnly(found: readonly Instance[], which: string): Instance {
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return only;
  const why =
    only === undefined ? 'none of the rows is' : `${found.map(({ key }) => key).join(', ')} could each be`;
  throw new BatonError('rows-unreadable', `${why} ${which}`);
}
