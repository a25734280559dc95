import { spoken } from '../../kernel/duration.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { isEmptyGtid } from '../../topology/gtid/gtid-set.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import type { Instance } from '../../topology/snapshot.ts';
import { backlogOf } from './backlog.ts';
import { type Candidate, inherited, isErrant, unreadableGtidOf } from './candidates.ts';
import { type Contender, contendersAmong } from './contenders.ts';
import { majorityOf, prefer } from './preferences.ts';
import { barOf, goesByGtid, isLate, type PromotionRules } from './promotion-rules.ts';

export interface Choice {
  readonly successor: InstanceKey;
  readonly because: string;
  /** One sentence for each other replica: why not it. */
  readonly comparisons: readonly string[];
  /** From whom the successor fetches what it has not received; null where nobody has received more. */
  readonly donor: InstanceKey | null;
}

interface NoChoice {
  readonly successor: null;
  readonly because: string;
}

interface Election {
  /** The dead primary; null where nothing is known of it. */
  readonly failed: Instance | null;
  readonly rules: PromotionRules;
  /** The only one that shall be promoted; null leaves the choice to these rules. */
  readonly designated?: InstanceKey | null;
  /** Why that one; a person asked for it unless something else is said. */
  readonly designation?: Designation;
}

/** What is said of one that shall be promoted and no other, and of the others. */
const designations = {
  asked: { is: 'was asked for', unlike: 'and not' },
  'co-primary': { is: 'is the other co-primary', unlike: 'unlike' },
  'writing-co-primary': { is: 'takes writes already, as the other co-primary', unlike: 'unlike' },
} as const;
export type Designation = keyof typeof designations;

/**
 * Chooses the successor among all replicas that were reached, or says in one sentence why there is none. What any of
 * those that may be promoted has received, and any that it could be had from, is in what the successor has or fetches,
 * unless no single donor has all of it; then the sentence says so.
 */
export function chooseSuccessor(reached: readonly Candidate[], asked: Election): Choice | NoChoice {
  const election = { ...asked, byGtid: goesByGtid(reached) };
  const bars = reached.map((candidate) => ({ candidate, bar: barOf(candidate, election) }));
  const fit = bars.flatMap(({ candidate, bar }) => (bar === null ? [candidate] : []));
  const barred = bars.flatMap(({ candidate: { instance }, bar }) =>
    bar === null ? [] : [`${instance.key} ${bar}`],
  );
  const standard = { ...election, major: majorityOf(reached) };
  const ranked = contendersAmong(fit, reached, election).toSorted((a, b) => prefer(a, b, standard).order);
  const { designated = null } = election;
  const words = designations[election.designation ?? 'asked'];
  const [first] = ranked;
  const best = designated === null ? first : ranked.find(({ instance }) => instance.key === designated);
  if (first === undefined || best === undefined)
    return { successor: null, because: whyNobody({ designated, is: words.is }, barred) };
  const refusal = whyRefused(best, first, election);
  if (refusal !== null) return { successor: null, because: refusal };
  const others = ranked.filter((one) => one !== best);
  const compared =
    designated === null
      ? others.map((other) => `${best.instance.key} ${prefer(best, other, standard).because}`)
      : others.map(({ instance }) => `${best.instance.key} ${words.is}, ${words.unlike} ${instance.key}`);
  const because = compared[0] ?? `${best.instance.key} is the only replica that may be promoted`;
  return {
    successor: best.instance.key,
    because: `${because}${aside(best)}${leftBehind(best, reached)}`,
    comparisons: [...compared, ...barred],
    donor: best.donor?.instance.key ?? null,
  };
}

function whyNobody(
  { designated, is }: { designated: InstanceKey | null; is: string },
  barred: readonly string[],
): string {
  if (designated !== null) {
    const bar = barred.find((one) => one.startsWith(`${designated} `));
    return bar === undefined
      ? `${designated} ${is}, and is none of the replicas that could be reached`
      : `${designated} ${is}, and may not be promoted: ${bar}`;
  }
  return barred.length === 0
    ? 'no replica could be reached'
    : `no replica may be promoted: ${barred.join('; ')}`;
}

/** Why the best of them is not promoted either: it would lose what another would not, or could not lead for long. */
function whyRefused(
  best: Contender,
  first: Contender,
  { rules, designation = 'asked' }: Election,
): string | null {
  const { key } = best.instance;
  if (countGtid(best.lacking) > countGtid(first.lacking))
    return `${key} ${designations[designation].is}, and cannot get ${gtidText(best.lacking)}, which others have received; ${first.instance.key} can`;
  if (best.behind > first.behind)
    return `${key} ${designations[designation].is}, and has received less than ${first.instance.key}; without GTID it cannot get the rest from there`;
  if (!isLate(best, rules) || rules.latePolicy !== 'fail') return null;
  const delay = spoken((best.server.replication?.sqlDelaySeconds ?? 0) * 1_000);
  return `${key} lags by ${delay} on purpose and has ${backlogOf(best.server).words} to apply, and no other that may be promoted has or can get what it has received; ApplyDeadlinePolicy "wait" would wait for it`;
}

/** What else there is to say of a successor: what it has to fetch, and what it brings. */
function aside(best: Contender): string {
  const fetches =
    best.donor === null ? '' : `, and fetches first what ${best.donor.instance.key} has received`;
  return isErrant(best)
    ? `${fetches}, though it has transactions of its own: ${best.instance.gtidErrant}`
    : fetches;
}

/** What was received by whoever cannot give it, so that the new primary will lack it. */
function leftBehind(best: Contender, reached: readonly Candidate[]): string {
  const sides = [best, ...(best.donor === null ? [] : [best.donor])];
  return reached
    .filter(
      ({ server }) => server.replication?.position !== 'coordinates' && unreadableGtidOf(server) === null,
    )
    .map((one) => ({
      one,
      rest: sides.reduce((set, side) => subtractGtid(set, inherited(side)), inherited(one)),
    }))
    .flatMap(({ one, rest }) =>
      isEmptyGtid(rest) ? [] : [`; ${one.instance.key} alone keeps ${gtidText(rest)}`],
    )
    .join('');
}
