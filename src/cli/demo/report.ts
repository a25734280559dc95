import type { JournalRecord } from '../../engine/record.ts';
import { toldOutcome } from '../../engine/telling.ts';
import { spoken } from '../../kernel/duration.ts';
import type { DemoResult } from './stage-demo.ts';

type Kind<K extends JournalRecord['kind']> = Extract<JournalRecord, { kind: K }>;

/** The short report at the end of the demo. */
export function demoReport({ story, outageMs, acknowledged, present, servedBy }: DemoResult): string {
  const { recovery, records, detection } = story;
  const all = [...detection, ...records];
  return [
    'What happened',
    `  detected   ${recovery.code} of ${recovery.failed}: ${evidenceOf(detection).replace(`${recovery.code} `, '')}`,
    ...phasesOf(all).map((line) => `  ${line}`),
    ...hooksOf(detection),
    ...hooksOf(records),
    `  successor  ${recovery.successor === null ? 'none' : (electionOf(records) ?? recovery.successor)}`,
    '',
    outageMs === null
      ? 'No write was accepted after the kill.'
      : `From the kill to the first accepted write: ${spoken(outageMs)}, on ${servedBy}.`,
    `Acknowledged writes: ${acknowledged} before the kill, ${present} of them on the successor${
      present === acknowledged
        ? ': none lost.'
        : `, ${acknowledged - present} lost (plain asynchronous replication).`
    }`,
  ].join('\n');
}

function evidenceOf(detection: readonly JournalRecord[]): string {
  const answer = detection.findLast(
    (record): record is Kind<'answered'> => record.kind === 'answered' && record.step === 'corroborate',
  );
  const value = answer?.answer.kind === 'ok' ? (answer.answer.value as { because?: string }) : {};
  return value.because ?? 'no replica replicates from it';
}

/** How long the run stayed in each state, from one asking to the next. */
function phasesOf(records: readonly JournalRecord[]): string[] {
  const turns = records.filter(
    (record): record is Kind<'asked'> | Kind<'ended'> => record.kind === 'asked' || record.kind === 'ended',
  );
  return turns.flatMap((turn, at) => {
    const next = turns[at + 1];
    if (turn.kind === 'ended' || next === undefined) return [];
    return [`phase      ${turn.state.padEnd(30)} ${spoken(next.at - turn.at)}`];
  });
}

function hooksOf(records: readonly JournalRecord[]): string[] {
  return records.flatMap((record) => {
    if (record.kind !== 'hooked') return [];
    const hook = records.find((one): one is Kind<'hook'> => one.kind === 'hook' && one.seq === record.run);
    return hook === undefined ? [] : [`  hook       ${hook.stage.padEnd(30)} ${toldOutcome(record.outcome)}`];
  });
}

/** Who was chosen and why, in one sentence. */
function electionOf(records: readonly JournalRecord[]): string | null {
  const answer = records.findLast(
    (record): record is Kind<'answered'> => record.kind === 'answered' && record.step === 'elect',
  );
  return answer?.answer.kind === 'ok' ? (answer.answer.value as { because: string }).because : null;
}
