/** A choice of one value for each factor. */
export type Combination<F extends Readonly<Record<string, readonly string[]>>> = {
  readonly [K in keyof F]: F[K][number];
};

/** Every combination of the factors' values that `isPossible`. */
export function everyCombination<F extends Readonly<Record<string, readonly string[]>>>(
  factors: F,
  isPossible: (one: Combination<F>) => boolean = () => true,
): readonly Combination<F>[] {
  let rows: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(factors))
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
  // Each row has by now one value of each factor.
  return (rows as Combination<F>[]).filter(isPossible);
}

/**
 * Few of these combinations, in which every two values that are ever together are together: always the one that brings most
 * new pairs, the first of equals, so that the choice is the same every time.
 */
export function pairwise<T extends Readonly<Record<string, string>>>(all: readonly T[]): readonly T[] {
  const uncovered = new Set(all.flatMap(pairsOf));
  const chosen: T[] = [];
  while (uncovered.size > 0) {
    const gains = all.map((row) => pairsOf(row).filter((pair) => uncovered.has(pair)).length);
    const best = all[gains.indexOf(Math.max(...gains))];
    if (best === undefined) break;
    chosen.push(best);
    for (const pair of pairsOf(best)) uncovered.delete(pair);
  }
  return chosen;
}

function pairsOf(row: Readonly<Record<string, string>>): readonly string[] {
  const values = Object.entries(row).map(([name, value]) => `${name}=${value}`);
  return values.flatMap((one, at) => values.slice(at + 1).map((other) => `${one}&${other}`));
}
