import type { HookLedger } from './ports.ts';
import type { Entry, HookOutcome, JournalRecord } from './record.ts';

/** The hooks of one run, read out of its records and written into them. */
export function ledgerOf(run: {
  uid: string;
  history: () => readonly JournalRecord[];
  append: (entry: Entry) => Promise<JournalRecord>;
  now: () => number;
}): HookLedger {
  const { uid, history, append, now } = run;
  return {
    frozen(stage) {
      for (const record of history())
        if (record.kind === 'stage' && record.stage === stage) return record.hooks;
      return null;
    },
    async freeze(stage, hooks) {
      await append({ kind: 'stage', stage, hooks: [...hooks] });
    },
    runs(stage, index) {
      const outcomes = new Map<number, HookOutcome>();
      for (const record of history()) if (record.kind === 'hooked') outcomes.set(record.run, record.outcome);
      return history().flatMap((record) =>
        record.kind === 'hook' && record.stage === stage && record.index === index
          ? [{ seq: record.seq, attempt: record.attempt, outcome: outcomes.get(record.seq) ?? null }]
          : [],
      );
    },
    async intend({ stage, index, of, attempt, hook }) {
      const deadline = hook.timeoutMs === null ? null : now() + hook.timeoutMs;
      const { command, detached } = hook;
      return (await append({ kind: 'hook', stage, index, of, attempt, command, detached, deadline })).seq;
    },
    async ended(seq, outcome) {
      await append({ kind: 'hooked', run: seq, outcome });
    },
    key: (seq) => `${uid}/${seq}`,
  };
}
