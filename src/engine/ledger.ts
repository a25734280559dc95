import type { Clock } from '../kernel/clock.ts';
import { type Asks, openAsk } from './asks.ts';
import type { HookLedger, Journal } from './ports.ts';
import type { Entry, JournalRecord } from './record.ts';

/** The room of the journal that knows which hooks were left behind, `<uid> <stage> <index>`. */
export const leftBehindRoom = 'left-behind';

/** One run's records, as its ledger reads and writes them. */
export interface LedgerBook {
  readonly uid: string;
  /** What the run holds alone; null where it holds nothing. */
  readonly holds: string | null;
  readonly journal: Pick<Journal, 'keep' | 'drop'>;
  readonly clock: Clock;
  history(): readonly JournalRecord[];
  append(entry: Entry): Promise<JournalRecord>;
  /** Resolves when another record was written. */
  next(signal: AbortSignal): Promise<void>;
  /** Where hooks that wait for a person are put. */
  readonly asks: Asks;
}

/** The hooks of one run, read out of its records and written into them. */
export function ledgerOf(book: LedgerBook): HookLedger {
  const { uid, holds, journal, clock } = book;
  const find = <K extends JournalRecord['kind']>(kind: K, run: number) =>
    book.history().find((one): one is Extract<JournalRecord, { kind: K }> & { run: number } => {
      return one.kind === kind && 'run' in one && one.run === run;
    });
  return {
    holds,
    frozen(stage) {
      for (const record of book.history())
        if (record.kind === 'stage' && record.stage === stage) return record.hooks;
      return null;
    },
    async freeze(stage, hooks) {
      await book.append({ kind: 'stage', stage, hooks: [...hooks] });
    },
    runs(stage, index) {
      return book.history().flatMap((record) => {
        if (record.kind !== 'hook' || record.stage !== stage || record.index !== index) return [];
        const { seq, attempt } = record;
        const hooked = find('hooked', seq);
        return [{ seq, attempt, ended: hooked === undefined ? null : hooked }];
      });
    },
    async intend({ stage, index, of, attempt, hook, timeoutMs, digest }) {
      const deadline = timeoutMs === null ? null : clock.now() + timeoutMs;
      const { command, detached } = hook;
      const intent = {
        kind: 'hook',
        stage,
        index,
        of,
        attempt,
        command,
        detached,
        deadline,
        digest,
      } as const;
      return { seq: (await book.append(intent)).seq, deadline };
    },
    async ended(seq, outcome, is) {
      await book.append({ kind: 'hooked', run: seq, outcome, class: is });
    },
    leftBehind: (stage, index) =>
      journal.keep(leftBehindRoom, `${uid} ${stage} ${index}`, { uid, stage, index }),
    settled: (stage, index) => journal.drop(leftBehindRoom, `${uid} ${stage} ${index}`),
    async ask(seq, withinMs, signal, asked) {
      const open = find('awaiting', seq);
      const deadline = open?.deadline ?? clock.now() + withinMs;
      if (open === undefined) await book.append({ kind: 'awaiting', run: seq, deadline });
      const isOpen = () => find('approved', seq) === undefined && clock.now() < deadline;
      if (!isOpen()) return find('approved', seq)?.answer ?? null;
      asked(deadline);
      const ask = openAsk(book.asks, uid, (answer, who, why) =>
        book.append({ kind: 'approved', run: seq, answer, who, why }),
      );
      try {
        while (isOpen())
          await either(signal, (stop) => [book.next(stop), clock.sleep(deadline - clock.now(), stop)]);
      } finally {
        book.asks.delete(ask);
      }
      return find('approved', seq)?.answer ?? null;
    },
    commands(name) {
      return book.history().flatMap((record) => {
        if (record.kind !== 'command' || record.name !== name) return [];
        return [{ seq: record.seq, outcome: find('commanded', record.seq)?.outcome ?? null }];
      });
    },
    async intendCommand({ timeoutMs, ...command }) {
      const deadline = clock.now() + timeoutMs;
      return (await book.append({ kind: 'command', ...command, deadline })).seq;
    },
    async commandEnded(seq, outcome) {
      await book.append({ kind: 'commanded', run: seq, outcome });
    },
    key: (seq) => `${uid}/${seq}`,
  };
}

/** Waits for whichever comes first, and lets go of the others. */
async function either(
  signal: AbortSignal,
  waits: (stop: AbortSignal) => readonly Promise<void>[],
): Promise<void> {
  const stop = new AbortController();
  try {
    await Promise.race(waits(AbortSignal.any([stop.signal, signal])));
  } finally {
    stop.abort(new Error('one of them came first'));
  }
}
