import { expect, it } from 'vitest';
import { chosenCells, everyCell } from '../../bench/soak/matrix.ts';
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

it('chooses for the matrix every two of its flavours, kinds, troubles and moments', () => {
  const flavours = ['mariadb', 'mysql'] as const;
  const regular = everyCell(flavours).filter(({ moment }) => !moment.startsWith('step '));
  expect(pairsIn(chosenCells(flavours).map((cell) => ({ ...cell })))).toEqual(
    pairsIn(regular.map((cell) => ({ ...cell }))),
  );
});
