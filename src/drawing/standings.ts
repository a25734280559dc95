import type { Workflow } from '../../workflows/step.ts';
import { absorbEntry, begin, type Folding, sentenceOf, stateOf } from '../engine/fold.ts';
import type { JournalRecord } from '../engine/record.ts';
import type { Standing } from './incident.ts';

/**
 * Where a machine stood: at its opening, and after each record that has changed that. What another build wrote, which
 * today's machine cannot follow, is told by the states that its records name.
 */
export function standingsOf(
  workflow: Workflow | null,
  input: unknown,
  records: readonly JournalRecord[],
): readonly Standing[] {
  const standings: Standing[] = [];
  const stand = (standing: Standing) => {
    const before = standings.at(-1);
    if (before === undefined || before.states.join() !== standing.states.join()) standings.push(standing);
  };
  let folding = attempt(() => (workflow === null ? null : begin(workflow, input)));
  if (folding !== null) stand(standingIn(folding, 0));
  for (const record of records) {
    const before = folding;
    folding = attempt(() =>
      before === null || workflow === null ? null : absorbEntry(before, understood(workflow, record)),
    );
    if (folding !== null) stand(standingIn(folding, record.seq));
    // A run that this build could not continue has an end that no machine has.
    if (record.kind === 'ended' || (folding === null && record.kind === 'asked'))
      stand({ seq: record.seq, states: record.state.split(' + '), sentence: record.sentence });
  }
  return standings;
}

function standingIn(folding: Folding, seq: number): Standing {
  return { seq, states: stateOf(folding).split(' + '), sentence: sentenceOf(folding) };
}

/** The answer as the schema of its step reads it, which fills in what an older build did not write. */
function understood({ steps }: Workflow, record: JournalRecord): JournalRecord {
  if (record.kind !== 'answered' || record.answer.kind !== 'ok') return record;
  return { ...record, answer: { kind: 'ok', value: steps[record.step]?.output.parse(record.answer.value) } };
}

/** Null where the machine and its records part. */
function attempt(fold: () => Folding | null): Folding | null {
  try {
    return fold();
  } catch {
    return null;
  }
}
