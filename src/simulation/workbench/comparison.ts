import type { JournalRecord } from '../../engine/record.ts';
import { recordLine } from '../record-line.ts';

/** One line of two recordings side by side; null where only the other one has it. */
export interface ComparedRow {
  readonly left: JournalRecord | null;
  readonly right: JournalRecord | null;
  readonly same: boolean;
}

export interface Comparison {
  readonly rows: readonly ComparedRow[];
  /** The first row in which they differ; null where they tell the same. */
  readonly first: number | null;
  readonly says: string;
}

/** A recording as it is compared: `at` is when it was opened, in milliseconds since 1970. */
export interface Compared {
  readonly at: number;
  readonly records: readonly JournalRecord[];
}

/**
 * Two recordings side by side, record by record. What is compared is what a reader of journals goes by: kinds, states,
 * answers and refusals, acts, hooks; neither numbers nor times.
 */
export function compared(left: Compared, right: Compared): Comparison {
  const rows = paired(aligned(lined(left), lined(right)));
  const first = rows.findIndex(({ same }) => !same);
  return { rows, first: first < 0 ? null : first, says: sentence(rows, first) };
}

interface Lined {
  readonly record: JournalRecord;
  readonly words: string;
}

/** The record's number stands before its words, and refers to nothing where both have gone the same way so far. */
function lined({ at, records }: Compared): readonly Lined[] {
  return records.map((record) => ({
    record,
    words: recordLine(record, at)
      .replace(/^\s*\d+\s+/, '')
      .replace(/\(\d+\)/, '')
      .replace(/\b\d+ ms\b/g, 'ms'),
  }));
}

/** The longest common sequence of both, and what only one has in between. */
function aligned(left: readonly Lined[], right: readonly Lined[]): readonly ComparedRow[] {
  const common = lengths(left, right);
  const rows: ComparedRow[] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const [a, b] = [left[l], right[r]];
    if (a !== undefined && b !== undefined && a.words === b.words) {
      rows.push({ left: a.record, right: b.record, same: true });
      l += 1;
      r += 1;
    } else if (
      b === undefined ||
      (a !== undefined && (common[l + 1]?.[r] ?? 0) >= (common[l]?.[r + 1] ?? 0))
    ) {
      rows.push({ left: a?.record ?? null, right: null, same: false });
      l += 1;
    } else {
      rows.push({ left: null, right: b.record, same: false });
      r += 1;
    }
  }
  return rows;
}

/** What only the one has stands beside what only the other has in the same place. */
function paired(rows: readonly ComparedRow[]): readonly ComparedRow[] {
  const paired: ComparedRow[] = [];
  let [lefts, rights]: [JournalRecord[], JournalRecord[]] = [[], []];
  const close = () => {
    for (let at = 0; at < Math.max(lefts.length, rights.length); at += 1)
      paired.push({ left: lefts[at] ?? null, right: rights[at] ?? null, same: false });
    [lefts, rights] = [[], []];
  };
  for (const row of rows) {
    if (row.same) {
      close();
      paired.push(row);
    } else {
      if (row.left !== null) lefts.push(row.left);
      if (row.right !== null) rights.push(row.right);
    }
  }
  close();
  return paired;
}

/** How long the common sequence is of what stands from each pair of places on. */
function lengths(left: readonly Lined[], right: readonly Lined[]): readonly (readonly number[])[] {
  const table = Array.from({ length: left.length + 1 }, () =>
    Array.from({ length: right.length + 1 }, () => 0),
  );
  for (let l = left.length - 1; l >= 0; l -= 1)
    for (let r = right.length - 1; r >= 0; r -= 1) {
      const row = table[l] ?? [];
      row[r] =
        left[l]?.words === right[r]?.words
          ? 1 + (table[l + 1]?.[r + 1] ?? 0)
          : Math.max(table[l + 1]?.[r] ?? 0, row[r + 1] ?? 0);
    }
  return table;
}

function sentence(rows: readonly ComparedRow[], first: number): string {
  if (first < 0) return 'Both tell the same.';
  const only = rows.filter(({ same }) => !same);
  const before =
    first === 0 ? 'They differ from the first record on' : `They tell the same for ${first} records`;
  const [left, right] = [only.filter((row) => row.left !== null), only.filter((row) => row.right !== null)];
  return `${before}; ${left.length} are only in the first, ${right.length} only in the second.`;
}
