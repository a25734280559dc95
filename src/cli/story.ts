import { z } from 'zod';
import { orchestratorRecovery } from '../../workflows/acting.ts';
import { Verdict } from '../analysis/verdict.ts';
import type { ReturnReport } from '../controller/requests/rejoins.ts';
import type { DataVerdictReport, RecoveryReport, RecoveryStoryReport } from '../controller/reports.ts';
import type { JournalRecord } from '../engine/record.ts';
import { told, toldChoices } from '../engine/telling.ts';
import { spoken } from '../kernel/duration.ts';

/** A recovery as a person reads it: seconds since the first record, the state, what happened, who must act. */
export function storyOf({ recovery, suspicion, detection, records, returns }: RecoveryStoryReport): string {
  const began = (suspicion[0] ?? detection[0] ?? records[0])?.at ?? Date.parse(recovery.startedAt);
  const lines = [
    `Recovery ${recovery.uid}`,
    `${whatHappened(recovery)}, cluster ${recovery.cluster}, in seconds since ${new Date(began).toISOString()}`,
    ...(recovery.asked === null ? [] : [`Asked for by ${recovery.asked.who}: ${recovery.asked.why}`]),
    '',
    ...linesOf(suspicion, began),
    ...linesOf(detection, began),
    ...linesOf(records, began),
    '',
    conclusion(recovery),
    ...(recovery.dataVerdict === null ? [] : [dataSentence(recovery.dataVerdict)]),
    ...waitsFor(records, recovery.uid),
    ...(recovery.acknowledged === null ? [] : [`Acknowledged by ${recovery.acknowledged}`]),
    ...recovery.lost.map(({ instance, because }) => `  left behind: ${instance}: ${because}`),
    ...returns.flatMap(returnLines),
  ];
  return lines.join('\n');
}

/** What it is about. A takeover tells hooks of a dead primary, as orchestrator does; to people it says what it is. */
export function whatHappened({
  kind,
  code,
  failed,
}: Pick<RecoveryReport, 'kind' | 'code' | 'failed'>): string {
  if (kind === orchestratorRecovery) return `${code} of ${failed}, recovered by orchestrator`;
  return `${kind === 'takeover' ? 'takeover' : code} of ${failed}`;
}

/** A replaced primary that came back: what it had, what was done with it, and where that is written down. */
function returnLines({ instance, at, assessment, sentence, reason, saved, rejoin }: ReturnReport): string[] {
  const found = assessment?.because ?? '';
  const goesOn = found !== '' && reason?.startsWith(found) === true;
  const known = goesOn ? reason : found;
  const had = known === '' ? `${instance} is back` : `${instance} is back: ${known}`;
  const came = reason === null || goesOn ? [] : [reason];
  const rejoined =
    rejoin === null ? [] : [rejoin.sentence, ...(rejoin.reason === null ? [] : [rejoin.reason])];
  return [
    `  ${at}: ${had}`,
    // What came of a rejoin says that there was one.
    ...(rejoin === null ? [sentence, ...came] : rejoined).map((line) => `    ${line}`),
    ...(saved === null ? [] : [`    written down in ${saved}`]),
  ];
}

/** Each record that has something to say, after the seconds since `began`; its state leads where it is new. */
function linesOf(records: readonly JournalRecord[], began: number): string[] {
  return records.flatMap((record) => {
    const sentence = told(record, records);
    if (sentence === null) return [];
    const state = record.kind === 'asked' || record.kind === 'ended' ? record.state : '';
    const line = `${((record.at - began) / 1_000).toFixed(3).padStart(8)}  ${state.padEnd(29)}  ${sentence}`;
    return [line, ...outputOf(record), ...votesIn(record), ...comparisonsIn(record)];
  });
}

const mostLines = 10;

/** The last lines of what a hook or a command said that did not end well; the whole is in the JSON. */
function outputOf(record: JournalRecord): string[] {
  if (record.kind !== 'hooked' && record.kind !== 'commanded') return [];
  const endedWell = record.kind === 'hooked' ? record.class === 'ok' : record.outcome.exitCode === 0;
  if (endedWell) return [];
  const lines = record.outcome.output.split('\n').filter((line) => line.trim() !== '');
  const left = lines.length - mostLines;
  return [...(left > 0 ? [`… ${left} lines before`] : []), ...lines.slice(-mostLines)].map(
    (line) => `${' '.repeat(41)}| ${line.replace(/[\p{Cc}]/gu, '�')}`,
  );
}

const Voted = z.object({ verdict: Verdict });

/** Who said what when the failure was corroborated. */
function votesIn(record: JournalRecord): string[] {
  if (record.kind !== 'answered' || record.answer.kind !== 'ok') return [];
  const voted = Voted.safeParse(record.answer.value);
  if (!voted.success) return [];
  return voted.data.verdict.votes.map(
    ({ observer, says, because, ageMs }) =>
      `${' '.repeat(41)}| ${observer} says ${says}${ageMs === null ? '' : ` (${spoken(ageMs)} ago)`}: ${because}`,
  );
}

const Compared = z.object({ because: z.string(), comparisons: z.array(z.string()) });

/** Why each of the others was not chosen, but for what the answer says itself. */
function comparisonsIn(record: JournalRecord): string[] {
  if (record.kind !== 'answered' || record.answer.kind !== 'ok') return [];
  const compared = Compared.safeParse(record.answer.value);
  if (!compared.success) return [];
  const { because, comparisons } = compared.data;
  return comparisons.filter((one) => !because.startsWith(one)).map((one) => `${' '.repeat(41)}| ${one}`);
}

function conclusion({ kind, state, sentence, successor, reason }: RecoveryStoryReport['recovery']): string {
  if (kind === orchestratorRecovery) return sentence;
  if (successor !== null && state === 'recovered') return `${successor} is the primary now.`;
  if (successor !== null && state === 'relocated') return `${successor} is the source now.`;
  if (state === 'recoveredWithFailedHooks') return `${successor} is the primary now, but: ${reason}.`;
  return reason === null ? sentence : `${sentence} ${reason}.`;
}

function dataSentence({ because, listed }: DataVerdictReport): string {
  const whole = because.includes(listed) ? '' : ` All that may be lost: ${listed}`;
  return `The data: ${because}.${whole}`;
}

/** What a person may say to each hook that waits for one. */
function waitsFor(records: readonly JournalRecord[], uid: string): string[] {
  const answered = (run: number) => records.some((one) => one.kind === 'approved' && one.run === run);
  return records.flatMap((record) => {
    if (record.kind !== 'awaiting' || answered(record.run) || record.deadline <= Date.now()) return [];
    const until = new Date(record.deadline).toISOString();
    return [`A hook waits for a person until ${until}: ${toldChoices(uid)}.`];
  });
}
