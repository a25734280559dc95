import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../src/engine/ledger.ts';
import type { HookOutcome, StagedHook } from '../../src/engine/record.ts';
import { aBook, stillClock } from './a-book.ts';

const hook: StagedHook = {
  command: 'page {failedHost}',
  body: { kind: 'shell', script: 'page a' },
  variables: {},
  document: null,
  detached: false,
  timeoutMs: 5_000,
  mayVeto: false,
  onResume: 'rerun',
  askMs: 10_000,
  retries: 0,
  exitClasses: false,
  refused: null,
};
const well: HookOutcome = {
  ended: 'exited',
  exitCode: 0,
  signal: null,
  tookMs: 1,
  output: '',
  because: null,
};

function ledger() {
  const book = aBook();
  return { records: book.records, kept: book.kept, book, ledger: ledgerOf(book) };
}

const intent = {
  stage: 'PreFailoverProcesses',
  index: 0,
  of: 1,
  attempt: 1,
  hook,
  timeoutMs: 5_000,
  digest: 'd',
} as const;

describe('the ledger of a recovery’s hooks (rule 8)', () => {
  it('keeps a stage as it was frozen first', async () => {
    const { ledger: kept } = ledger();
    expect(kept.frozen('PreFailoverProcesses')).toBeNull();
    await kept.freeze('PreFailoverProcesses', [hook]);
    expect(kept.frozen('PreFailoverProcesses')).toEqual([hook]);
    expect(kept.frozen('PostFailoverProcesses')).toBeNull();
  });

  it('has an intent on record, with its deadline as a date, before there is an outcome', async () => {
    const { ledger: kept, records } = ledger();
    const { seq, deadline } = await kept.intend(intent);
    expect(deadline).toBe(6_000);
    expect(records).toMatchObject([{ kind: 'hook', deadline: 6_000, attempt: 1, digest: 'd' }]);
    expect(kept.runs('PreFailoverProcesses', 0)).toEqual([{ seq, attempt: 1, ended: null }]);
    await kept.ended(seq, well, 'ok');
    expect(kept.runs('PreFailoverProcesses', 0)).toMatchObject([
      { seq, attempt: 1, ended: { outcome: well, class: 'ok' } },
    ]);
  });

  it('tells the runs of one hook from those of its neighbours, oldest first', async () => {
    const { ledger: kept } = ledger();
    const run = { ...intent, of: 2 };
    await kept.intend({ ...run, index: 0, attempt: 1 });
    await kept.intend({ ...run, index: 1, attempt: 1 });
    await kept.intend({ ...run, index: 0, attempt: 2 });
    expect(kept.runs('PreFailoverProcesses', 0).map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(kept.runs('PreFailoverProcesses', 1)).toHaveLength(1);
  });

  it('asks a person once, and goes by the word that is given', async () => {
    const { ledger: kept, book } = ledger();
    const { signal } = new AbortController();
    const { seq } = await kept.intend(intent);
    const answer = kept.ask(seq, 10_000, signal, () => {});
    const again = Promise.resolve().then(() => kept.ask(seq, 99_000, signal, () => {}));
    await Promise.resolve();
    await book.append({ kind: 'approved', run: seq, answer: 'skip', who: 'ann', why: 'seen' });
    expect([await answer, await again]).toEqual(['skip', 'skip']);
    expect(book.records.filter(({ kind }) => kind === 'awaiting')).toMatchObject([
      { run: seq, deadline: 11_000 },
    ]);
  });

  it('has no answer once the time is over, however late it is asked again', async () => {
    let now = 1_000;
    const clock = {
      ...stillClock(),
      now: () => now,
      sleep: async (milliseconds: number) => {
        now += milliseconds;
      },
    };
    const book = aBook({ clock });
    const kept = ledgerOf(book);
    const { signal } = new AbortController();
    const { seq } = await kept.intend(intent);
    expect(await kept.ask(seq, 10_000, signal, () => {})).toBeNull();
    expect(now).toBe(11_000);
    expect(await kept.ask(seq, 10_000, signal, () => {})).toBeNull();
    expect(now).toBe(11_000);
  });

  it('knows what was left behind until nothing more will come of it', async () => {
    const { ledger: kept, kept: facts } = ledger();
    await kept.leftBehind('PreFailoverProcesses', 1);
    expect([...facts.values()]).toEqual([{ uid: 'r', stage: 'PreFailoverProcesses', index: 1 }]);
    await kept.settled('PreFailoverProcesses', 1);
    expect(facts.size).toBe(0);
  });

  it('gives each run a name of its own', async () => {
    const { ledger: kept } = ledger();
    expect(kept.key(3)).not.toBe(kept.key(4));
  });
});
