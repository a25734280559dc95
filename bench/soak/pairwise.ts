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

/** Few of these combinations, in which every two values that are ever together are together. */
export function pairwise<T extends Readonly<Record<string, string>>>(all: readonly T[]): readonly T[] {
  return covering(all, pairsOf);
}

/**
 * Few of these that show all that any of them shows: always the one that brings most that is new, the first of equals, so that
 * the choice is the same every time.
 */
export function covering<T>(all: readonly T[], shownBy: (one: T) => readonly string[]): readonly T[] {
  const missing = new Set(all.flatMap(shownBy));
  const chosen: T[] = [];
  while (missing.size > 0) {
    const gains = all.map((one) => shownBy(one).filter((what) => missing.has(what)).length);
    const best = all[gains.indexOf(Math.max(...gains))];
    if (best === undefined) break;
    chosen.push(best);
    for (const what of shownBy(best)) missing.delete(what);
  }
  return chosen;
}

/** Every two values of a combination, each with its name. */
export function pairsOf(row: Readonly<Record<string, string>>): readonly string[] {
  const values = Object.entries(row).map(([name, value]) => `${name}=${value}`);
  return values.flatMap((one, at) => values.slice(at + 1).map((other) => `${one}&${other}`));
}
