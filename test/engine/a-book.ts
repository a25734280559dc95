import type { Ask } from '../../src/engine/asks.ts';
import type { LedgerBook } from '../../src/engine/ledger.ts';
import type { JournalRecord } from '../../src/engine/record.ts';
import type { Clock } from '../../src/kernel/clock.ts';

/** A clock that stands still; whoever sleeps on it is never woken but by an abort. */
export function stillClock(now = 1_000): Clock {
  return {
    now: () => now,
    monotonic: () => now,
    sleep: (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  };
}

/** The records of one run in memory, and what was kept beside them. */
export function aBook({
  clock = stillClock(),
  holds = null,
}: {
  clock?: Clock;
  holds?: string | null;
} = {}): LedgerBook & {
  readonly records: JournalRecord[];
  readonly kept: Map<string, unknown>;
  readonly asks: Set<Ask>;
} {
  const records: JournalRecord[] = [];
  const kept = new Map<string, unknown>();
  const waiting: (() => void)[] = [];
  return {
    uid: 'r',
    holds,
    clock,
    records,
    kept,
    asks: new Set<Ask>(),
    journal: {
      keep: async (_, name, value) => void kept.set(name, value),
      drop: async (_, name) => void kept.delete(name),
    },
    history: () => records,
    async append(entry) {
      const record = { ...entry, seq: records.length + 1, at: clock.now(), token: 1 };
      records.push(record);
      for (const wake of waiting.splice(0)) wake();
      return record;
    },
    next: (signal) =>
      new Promise((resolve, reject) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  };
}
