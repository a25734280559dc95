import { z } from 'zod';
import { spoken } from '../../kernel/duration.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import { unreadableGtidOf } from '../choice/candidates.ts';
import { type Missing, missingFrom, type Reached } from './holding.ts';
import type { LastMoments } from './last-moments.ts';
import type { Tail } from './tail.ts';

/**
 * What a change of primary has cost the data (P8): nothing, and that is proven; at most the transactions that are
 * named; or nobody can know.
 */
export const DataVerdict = z.object({
  says: z.enum(['nothing-lost', 'at-most', 'unknown']),
  /** The sentence for whoever is paged, why it is so included. */
  because: z.string(),
  /** GTIDs, or file:position where there are none, of what may be lost; empty unless `at-most`. */
  missing: z.string(),
  /** How many those are; null where that cannot be counted. */
  count: z.number().nullable(),
});
export type DataVerdict = z.infer<typeof DataVerdict>;

/** What there is to judge by when a successor has been chosen and takes no writes yet. */
export interface Evidence {
  /** Null where the failed primary was never read. */
  readonly moments: LastMoments | null;
  /** Replicas of it that were read after they had stopped receiving. */
  readonly reached: readonly Reached[];
  /** Its other replicas; `isLongGone` where nothing came back from one since before the primary was last read. */
  readonly unreached: readonly { readonly key: InstanceKey; readonly isLongGone: boolean }[];
  readonly successor: InstanceKey;
  /** Whoever the successor fetches from first; null for nobody. */
  readonly donor: InstanceKey | null;
  /** What was read of the failed primary's own binary log behind what the replicas have; null where nothing was. */
  readonly tail: Tail | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Weighed {
  readonly verdict: DataVerdict;
  /**
   * What it is where the failed primary, which some accounts could still write to, is read again afterwards and has not moved;
   * null where that would say nothing more.
   */
  readonly ifStill: DataVerdict | null;
  /** Why a server that cannot be reached may have the only copy of an acknowledged transaction; null where none may. */
  readonly hold: string | null;
}

/** What promoting the chosen one costs, once it has applied all that it and its donor have. */
export function weigh(evidence: Evidence): Weighed {
  const { moments, successor, donor } = evidence;
  if (moments === null)
    return { verdict: unknown('the failed primary was never read'), ifStill: null, hold: null };
  const reached = evidence.reached.filter(({ server }) => unreadableGtidOf(server) === null);
  const { tail } = evidence;
  const missing = missingFrom(
    reached.filter(({ key }) => key === successor || key === donor),
    reached,
    { ...moments, tail: tail?.gtids ?? '' },
  );
  const witnesses = witnessesOf(evidence, reached, moments);
  const complete = moments.isFinal
    ? `${moments.instance} was read after it had stopped taking writes`
    : tail?.isWhole === true
      ? `the binary log of ${moments.instance} was read, and is in ${tail.file}`
      : null;
  const verdict =
    complete === null
      ? bySemiSync(evidence, moments, missing, witnesses)
      : told(missing, { successor, complete });
  const ifStill =
    moments.isReadOnly && verdict.says === 'unknown'
      ? told(missing, { successor, complete: stillWords(moments, successor) })
      : null;
  const { inForce, wanted } = demandOf(moments);
  const mayHaveMore = inForce && witnesses.absent >= wanted && (ifStill ?? verdict).says !== 'nothing-lost';
  return { verdict, ifStill, hold: mayHaveMore ? holdSentence(moments, witnesses, evidence) : null };
}

/** How many replicas acknowledged that cannot tell us what they received, and how many more may have begun to since. */
interface Witnesses {
  readonly absent: number;
  readonly late: number;
}

/**
 * Of the semi-sync replicas that the primary counted, those that are known to be among them and can still be read
 * have all they acknowledged; the rest are absent. One that was restarted since may have lost its relay log.
 */
function witnessesOf(
  { unreached }: Pick<Evidence, 'unreached'>,
  reached: readonly Reached[],
  { at, semiSync, acknowledgers, maybe }: LastMoments,
): Witnesses {
  const whole = reached.filter(({ server, at: readAt }) => server.uptimeSeconds * 1_000 > readAt - at);
  const sure = whole.filter(({ key }) => acknowledgers.includes(key));
  const restarted = reached.filter((one) => !whole.includes(one)).map(({ key }) => key);
  const away = [...unreached.filter(({ isLongGone }) => !isLongGone).map(({ key }) => key), ...restarted];
  return {
    absent: Math.max(0, semiSync.clients - sure.length),
    late: away.filter((key) => maybe.includes(key) && !acknowledgers.includes(key)).length,
  };
}

function demandOf({ semiSync }: LastMoments): { inForce: boolean; wanted: number } {
  const { primaryEnabled, primaryStatus, waitForReplicas } = semiSync;
  return { inForce: primaryEnabled && primaryStatus && waitForReplicas > 0, wanted: waitForReplicas };
}

/** Where every acknowledged transaction is known to be with somebody who was read, what is missing is all that can be. */
function bySemiSync(
  { successor, now }: Evidence,
  moments: LastMoments,
  missing: Missing,
  witnesses: Witnesses,
): DataVerdict {
  const doubt = rules.map((rule) => rule(moments, witnesses, now)).find((because) => because !== null);
  if (doubt === undefined || doubt === null) {
    const complete = `semi-sync was in force when ${moments.instance} was last read, and could not have been left since`;
    return told(missing, { successor, complete });
  }
  const known =
    missing.text === ''
      ? ''
      : `; ${counted(missing)} that ${successor} lacks ${isOrAre(missing)} known of: ${cut(missing.text)}`;
  return unknown(`${doubt}${known}`);
}

type Rule = (moments: LastMoments, witnesses: Witnesses, now: number) => string | null;

/** What it takes for semi-sync to prove anything, and why it does not; asked in this order. */
const rules: readonly Rule[] = [
  (moments) =>
    moments.isReadOnly && !demandOf(moments).inForce
      ? `${moments.instance} was read when it was read-only, and that does not bind accounts with the right to write all the same`
      : null,
  (moments, _, now) =>
    demandOf(moments).inForce
      ? null
      : `no commit waited for a replica when ${moments.instance} was last read, ${spoken(now - moments.at)} ago, and what it has committed since nobody can know`,
  ({ semiSync, instance }) =>
    semiSync.waitsForAbsent === true
      ? null
      : `commits on ${instance} did not wait once too few replicas were connected (rpl_semi_sync_…_wait_no_replica)`,
  (moments, _, now) => {
    const until = moments.goneAt ?? now + aDayMs;
    return fallsBackAt(moments) > until
      ? null
      : `the semi-sync timeout of ${moments.instance}, ${spoken(moments.semiSync.timeoutMs)}, may have run out before it was gone, and then nothing waited for a replica`;
  },
  (moments, { absent, late }) =>
    absent + late < demandOf(moments).wanted
      ? null
      : `${absent + late} of the replicas that may have acknowledged cannot be read, and ${demandOf(moments).wanted} suffice`,
  ({ semiSync, instance }) =>
    semiSync.waitPoint === 'after-sync'
      ? null
      : `every transaction that ${instance} told an application was committed is with a replica that was read, but its wait point is not AFTER_SYNC: others may have seen more`,
];

/** How long a primary that may still live must go on waiting for its replicas to prove anything. */
const aDayMs = 86_400_000;

/** The earliest moment at which a commit can have stopped waiting. One that waited already may have begun any time. */
function fallsBackAt({ at, uptimeSeconds, semiSync }: LastMoments): number {
  const waited = semiSync.waiting === 0 ? 0 : uptimeSeconds * 1_000;
  return at - waited + semiSync.timeoutMs;
}

function stillWords({ instance }: LastMoments, successor: InstanceKey): string {
  return `${instance} was read when it was read-only, and had not moved when it was read again with ${successor} in its place`;
}

function told(
  missing: Missing,
  { successor, complete }: { successor: InstanceKey; complete: string },
): DataVerdict {
  if (missing.text === '')
    return {
      says: 'nothing-lost',
      because: `nothing is lost: ${complete}, and ${successor} has every transaction that it can have acknowledged`,
      missing: '',
      count: 0,
    };
  return {
    says: 'at-most',
    because: `at most ${counted(missing)} ${isOrAre(missing)} lost, ${cut(missing.text)}: ${complete}`,
    missing: missing.text,
    count: missing.count,
  };
}

/** The same after the successor was given, as GTIDs, what only the failed primary's binary log had. */
export function withRestored(verdict: DataVerdict, successor: InstanceKey, given: string): DataVerdict {
  if (given === '' || verdict.says !== 'at-most') return verdict;
  const rest = subtractGtid(parseGtid(verdict.missing), parseGtid(given));
  const count = Number(countGtid(rest));
  const gift = `${successor} was given ${cut(given)} from the failed primary's binary log before it took writes`;
  if (count === 0)
    return { says: 'nothing-lost', because: `nothing is lost: ${gift}`, missing: '', count: 0 };
  const missing = { text: gtidText(rest), count };
  const lost = `at most ${counted(missing)} ${isOrAre(missing)} lost, ${cut(missing.text)}`;
  return { says: 'at-most', because: `${lost}: ${gift}, and no more`, missing: missing.text, count };
}

/**
 * The same after the fact: what the successor received and did not apply before it took writes is lost too.
 */
export function withUnapplied(verdict: DataVerdict, successor: InstanceKey, unapplied: string): DataVerdict {
  if (unapplied === '') return verdict;
  const also = `${successor} took writes without ${cut(unapplied)}, which it had received and not applied`;
  if (verdict.says === 'unknown') return { ...verdict, because: `${verdict.because}; ${also}` };
  return {
    says: 'at-most',
    because: verdict.says === 'at-most' ? `${verdict.because}; ${also}` : `${also}; nothing else is lost`,
    missing: [verdict.missing, unapplied].filter((text) => text !== '').join(','),
    count: null,
  };
}

export function unknown(because: string): DataVerdict {
  return { says: 'unknown', because: `what is lost is not known: ${because}`, missing: '', count: null };
}

function holdSentence({ instance }: LastMoments, { absent }: Witnesses, { unreached }: Evidence): string {
  const away = unreached.map(({ key }) => key).join(', ');
  const who = away === '' ? 'that Baton does not know' : `(${away})`;
  return `${absent} ${absent === 1 ? 'replica' : 'replicas'} ${who} acknowledged what ${instance} committed and cannot be read; the only copy of a transaction may be there. Bring it back, or say PromoteWithoutAcknowledger: "promote-and-report"`;
}

function counted({ count }: Missing): string {
  if (count === null) return 'the transactions';
  return count === 1 ? '1 transaction' : `${count} transactions`;
}

function isOrAre({ count }: Missing): string {
  return count === 1 ? 'is' : 'are';
}

/** As much of a set as a sentence can bear; the whole is beside it. */
function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
