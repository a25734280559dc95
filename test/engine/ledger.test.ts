import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../src/engine/ledger.ts';
import type { Entry, HookOutcome, JournalRecord, StagedHook } from '../../src/engine/record.ts';

const hook: StagedHook = {
  command: 'page {failedHost}',
  script: 'page a',
  variables: {},
  detached: false,
  timeoutMs: 5_000,
  mayVeto: false,
  onResume: 'rerun',
  retries: 0,
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
  const records: JournalRecord[] = [];
  const append = async (entry: Entry) => {
    const record = { ...entry, seq: records.length + 1, at: 0, token: 1 };
    records.push(record);
    return record;
  };
  return { records, ledger: ledgerOf({ uid: 'r', history: () => records, append, now: () => 1_000 }) };
}

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
    const seq = await kept.intend({ stage: 'PreFailoverProcesses', index: 0, of: 1, attempt: 1, hook });
    expect(records).toMatchObject([{ kind: 'hook', deadline: 6_000, attempt: 1 }]);
    expect(kept.runs('PreFailoverProcesses', 0)).toEqual([{ seq, attempt: 1, outcome: null }]);
    await kept.ended(seq, well);
    expect(kept.runs('PreFailoverProcesses', 0)).toEqual([{ seq, attempt: 1, outcome: well }]);
  });

  it('tells the runs of one hook from those of its neighbours, oldest first', async () => {
    const { ledger: kept } = ledger();
    const run = { stage: 'PreFailoverProcesses', of: 2, hook } as const;
    await kept.intend({ ...run, index: 0, attempt: 1 });
    await kept.intend({ ...run, index: 1, attempt: 1 });
    await kept.intend({ ...run, index: 0, attempt: 2 });
    expect(kept.runs('PreFailoverProcesses', 0).map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(kept.runs('PreFailoverProcesses', 1)).toHaveLength(1);
  });

  it('gives each run a name of its own', async () => {
    const { ledger: kept } = ledger();
    expect(kept.key(3)).not.toBe(kept.key(4));
  });
});
