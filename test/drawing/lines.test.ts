import { expect, it } from 'vitest';
import { type Heard, linesOf } from '../../src/drawing/lines.ts';
import type { Row } from '../../src/drawing/rows.ts';

const row = (count: number, at: number): Row => ({
  count,
  at,
  workflow: 'recovery',
  by: 'steps',
  sentence: `record ${count}`,
  state: null,
  isBad: false,
});
const heard = (at: number, because: string): Heard => ({
  heardAt: new Date(at).toISOString(),
  from: 'pacemaker',
  because,
});
const said = (rows: readonly Row[], signals: readonly Heard[]) =>
  linesOf(rows, signals).map((line) =>
    line.kind === 'row' ? `${line.place}: ${line.row.sentence}` : line.heard.because,
  );

it('places what was heard before what was written after it', () => {
  expect(
    said(
      [row(1, 1_000), row(2, 2_000)],
      [heard(3_000, 'fenced'), heard(1_500, 'lost'), heard(500, 'joined')],
    ),
  ).toEqual(['joined', '0: record 1', 'lost', '1: record 2', 'fenced']);
});

it('leaves the rows in their own order where a clock was set back', () => {
  expect(said([row(1, 2_000), row(2, 1_000), row(3, 3_000)], [heard(1_500, 'lost')])).toEqual([
    'lost',
    '0: record 1',
    '1: record 2',
    '2: record 3',
  ]);
});
