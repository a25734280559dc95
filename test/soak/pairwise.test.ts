import { describe, expect, it } from 'vitest';
import { chosenCells, everyCell, shownBy } from '../../bench/soak/matrix.ts';
import { everyCombination, pairwise } from '../../bench/soak/pairwise.ts';

const factors = { a: ['1', '2', '3'], b: ['1', '2', '3'], c: ['1', '2', '3'], d: ['1', '2'] } as const;
const pairsIn = (rows: readonly Readonly<Record<string, string>>[]) =>
  new Set(
    rows.flatMap((row) =>
      Object.entries(row).flatMap((one) => Object.entries(row).map((other) => [one, other].join('&'))),
    ),
  );

it('chooses few combinations that show every two values together', () => {
  const all = everyCombination(factors);
  const few = pairwise(all);
  expect(all).toHaveLength(54);
  expect(few.length).toBeLessThanOrEqual(11);
  expect(pairsIn(few)).toEqual(pairsIn(all));
});

it('wants no pair that only impossible combinations have', () => {
  const all = everyCombination(factors, ({ a, b }) => a !== b);
  expect(pairsIn(pairwise(all))).toEqual(pairsIn(all));
});

describe('the choice of the matrix that the tests play', () => {
  const flavours = ['mariadb', 'mysql'] as const;
  const chosen = chosenCells(flavours);

  it('has every two of its flavours, workflows, troubles and moments, and each kind with each trouble', () => {
    const regular = everyCell(flavours).filter(({ moment }) => !moment.startsWith('step '));
    expect(new Set(chosen.flatMap(shownBy))).toEqual(new Set(regular.flatMap(shownBy)));
  });
});
