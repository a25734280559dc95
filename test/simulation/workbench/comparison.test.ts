import { expect, it } from 'vitest';
import { compared } from '../../../src/simulation/workbench/comparison.ts';
import type { Recording } from '../../../src/simulation/stage/recording.ts';
import type { JournalRecord } from '../../../src/engine/record.ts';
import { recordingOf } from './recordings.ts';

/** As a journal would number them, and refer to one by the number of another. */
function numbered(records: readonly JournalRecord[]): JournalRecord[] {
  const numbers = new Map(records.map(({ seq }, index) => [seq, index + 1]));
  const renumbered = JSON.stringify(records, (name, value: unknown) =>
    ['seq', 'to', 'of', 'run'].includes(name) && typeof value === 'number'
      ? (numbers.get(value) ?? value)
      : value,
  );
  return JSON.parse(renumbered) as JournalRecord[];
}

const of = ({ opening, records }: Recording) => ({ at: opening.at, records });

it('finds that two recordings of one story tell the same, whenever they were made', async () => {
  const recording = await recordingOf('dead-primary', 'recovery');
  const { opening, records } = recording;
  const later = {
    at: opening.at + 5_000,
    records: records.map((record) => ({ ...record, at: record.at + 5_000, token: record.token + 1 })),
  };
  const { first, says, rows } = compared(of(recording), later);
  expect(first).toBeNull();
  expect(says).toBe('Both tell the same.');
  expect(rows).toHaveLength(records.length);
});

it('finds the first record in which they differ, and what they have in common again behind it', async () => {
  const recording = await recordingOf('dead-primary', 'recovery');
  const cut = recording.records.findIndex(({ kind }) => kind === 'stage');
  const without = numbered(recording.records.filter((_, index) => index !== cut));
  const { first, rows, says } = compared(of(recording), { at: recording.opening.at, records: without });
  expect(first).toBe(cut);
  expect(rows.filter(({ same }) => !same)).toEqual([
    { left: recording.records[cut], right: null, same: false },
  ]);
  expect(says).toBe(`They tell the same for ${cut} records; 1 are only in the first, 0 only in the second.`);
});

it('leaves no record of either out', async () => {
  const [left, right] = [
    await recordingOf('dead-primary', 'recovery'),
    await recordingOf('pre-hook-vetoes', 'recovery'),
  ];
  const { rows, first } = compared(of(left), of(right));
  expect(rows.flatMap((row) => row.left ?? [])).toEqual(left.records);
  expect(rows.flatMap((row) => row.right ?? [])).toEqual(right.records);
  expect(first).not.toBeNull();
});
