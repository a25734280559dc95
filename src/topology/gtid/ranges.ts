/** A run of sequence numbers, both ends included, counted from 1. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** Sorted by `first`; no two overlap or touch. */
export type Ranges = readonly Range[];

/** Any ranges, in any order, as the fewest that hold the same numbers. */
export function joined(ranges: readonly Range[]): Ranges {
  const sorted = [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1));
  const result: Range[] = [];
  for (const range of sorted) {
    const previous = result.at(-1);
    if (previous === undefined || range.first > previous.last + 1n) result.push(range);
    else if (range.last > previous.last) {
      result[result.length - 1] = { first: previous.first, last: range.last };
    }
  }
  return result;
}

/** The numbers of `a` that `b` does not hold. Both are walked once, side by side. */
export function without(a: Ranges, b: Ranges): Ranges {
  const result: Range[] = [];
  let cut = 0;
  for (const { first, last } of a) {
    let from = first;
    for (; from <= last; cut += 1) {
      const taken = b[cut];
      if (taken === undefined || taken.first > last) break;
      if (taken.first > from) result.push({ first: from, last: taken.first - 1n });
      if (taken.last >= from) from = taken.last + 1n;
      // This one may reach into the next range of `a`.
      if (taken.last > last) break;
    }
    if (from <= last) result.push({ first: from, last });
  }
  return result;
}

/** How many numbers there are. */
export function sizeOf(ranges: Ranges): bigint {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}
