import type { JournalRecord } from '../engine/record.ts';

/** All that is on record of one recovery: the runs that led to it, its own, in the order of their openings. */
export interface Incident {
  readonly runs: readonly ToldRun[];
}

/** One run as it was written down, and where its machine stood meanwhile. */
export interface ToldRun {
  readonly uid: string;
  readonly workflow: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly records: readonly JournalRecord[];
  /** Where it stood: at its opening, and after each record that has changed that. */
  readonly standings: readonly Standing[];
}

export interface Standing {
  /** The record after which it stood so; 0 for the opening. */
  readonly seq: number;
  /** The innermost states that it was in, `failover.electing`. */
  readonly states: readonly string[];
  readonly sentence: string;
}

/** One record in the one sequence of an incident. */
export interface Told {
  readonly run: ToldRun;
  readonly record: JournalRecord;
}

/** The records of all runs as they were written, one after another; those of one run in their own order, whatever clocks say. */
export function sequenceOf({ runs }: Incident): readonly Told[] {
  const left = runs.map((run) => ({ run, next: 0 }));
  const sequence: Told[] = [];
  for (;;) {
    let first: { run: ToldRun; next: number; record: JournalRecord } | null = null;
    for (const { run, next } of left) {
      const record = run.records[next];
      if (record !== undefined && (first === null || record.at < first.record.at))
        first = { run, next, record };
    }
    if (first === null) return sequence;
    const { run, record } = first;
    sequence.push({ run, record });
    for (const one of left) if (one.run === run) one.next += 1;
  }
}

/** Where a run stood after a record; null before its opening. */
export function standingAfter({ standings }: ToldRun, seq: number): Standing | null {
  return standings.findLast((one) => one.seq <= seq) ?? null;
}
