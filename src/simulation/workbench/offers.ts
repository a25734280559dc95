import type { Workflow } from '../../../workflows/step.ts';
import type { JournalRecord } from '../../engine/record.ts';
import { samplesOf } from './samples.ts';

/** An answer of a step that somebody may choose, and what it is called; no two are called the same. */
export interface Offer {
  readonly name: string;
  readonly value: unknown;
}

/** What a step has answered in recordings, and then what else its schema lets through. */
export function answersIn(
  workflow: Workflow,
  step: string,
  recordings: readonly { readonly story: string; readonly records: readonly JournalRecord[] }[],
): readonly Offer[] {
  const output = workflow.steps[step]?.output;
  if (output === undefined) return [];
  const recorded = recordings.flatMap(({ story, records }) =>
    records.flatMap((record) =>
      record.kind === 'answered' && record.step === step && record.answer.kind === 'ok'
        ? [{ name: `as in ${story}`, value: record.answer.value }]
        : [],
    ),
  );
  const drawn = samplesOf(output).map(({ differs, value }) => ({
    name: differs === '' ? 'the plainest' : differs,
    value,
  }));
  return named([...recorded, ...drawn]);
}

/** Each value once; whoever has the name of another is numbered. */
function named(offers: readonly Offer[]): readonly Offer[] {
  const values = new Set<string>();
  const names = new Map<string, number>();
  return offers.flatMap(({ name, value }) => {
    const text = JSON.stringify(value);
    if (values.has(text)) return [];
    values.add(text);
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    return [{ name: count === 1 ? name : `${name} (${count})`, value }];
  });
}
