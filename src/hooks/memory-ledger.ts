import { ledgerOf } from '../engine/ledger.ts';
import type { HookLedger } from '../engine/ports.ts';
import type { JournalRecord } from '../engine/record.ts';
import type { Clock } from '../kernel/clock.ts';

/** The ledger of a run that nobody will continue: it ends with the process. */
export interface MemoryLedger {
  readonly ledger: HookLedger;
  readonly records: readonly JournalRecord[];
  /** Resolves when nothing more will come of hooks that nobody waits for; rejects when the signal is aborted first. */
  readonly idle: (signal: AbortSignal) => Promise<void>;
}

/** `uid` names the run for its hooks; like a recovery's it holds nothing that others could want. */
export function memoryLedger(uid: string, clock: Clock): MemoryLedger {
  const records: JournalRecord[] = [];
  const leftBehind = new Set<string>();
  const waiting: (() => void)[] = [];
  const ledger = ledgerOf({
    uid,
    holds: null,
    clock,
    journal: {
      keep: async (_, name) => void leftBehind.add(name),
      async drop(_, name) {
        leftBehind.delete(name);
        if (leftBehind.size === 0) for (const resolve of waiting.splice(0)) resolve();
      },
    },
    history: () => records,
    async append(entry) {
      const record = { ...entry, seq: records.length + 1, at: clock.now(), token: 0 };
      records.push(record);
      return record;
    },
    // No person can reach this run: a question waits out its time.
    asks: new Set(),
    next: (signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  });
  return {
    ledger,
    records,
    idle: async (signal) => {
      signal.throwIfAborted();
      if (leftBehind.size === 0) return;
      await new Promise<void>((resolve, reject) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    },
  };
}
