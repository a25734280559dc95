import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { HookList } from '../src/config/hook.ts';
import { defaultConfig } from '../src/config/keys.ts';
import { ledgerOf } from '../src/engine/ledger.ts';
import type { HookLedger, Journal } from '../src/engine/ports.ts';
import type { JournalRecord } from '../src/engine/record.ts';
import { rehearsalFacts } from '../src/hooks/rehearsal/facts.ts';
import { startSpawner } from '../src/hooks/spawner/client.ts';
import { hooksOf } from '../src/hooks/stage.ts';
import { hookSettingsOf } from '../src/hooks/settings.ts';
import { openSqliteJournal } from '../src/journal/sqlite.ts';
import { systemClock } from '../src/process/system-clock.ts';

/**
 * A controller as far as hooks go: the real journal, the real spawner, and as many megabytes as its
 * argument says. Runs stages of hooks when it is told to, and says how long each took.
 */
export interface StageOrder {
  readonly count: number;
  readonly detached: boolean;
}

export interface StageTimes {
  /** From the call to the last outcome on record, the freezing of the stage included. */
  readonly wholeMs: number;
  /** How long the event loop was busy, all hooks together. */
  readonly busyMs: number;
  /** The longest time for which the event loop did nothing else. */
  readonly longestStallMs: number;
  readonly residentMegabytes: number;
}

/** The script of the hooks, and of the bare runs beside them. */
export const script = 'true';

const stage = 'PostFailoverProcesses';
const facts = rehearsalFacts(stage);

if (process.argv[2] !== undefined && process.send !== undefined) await serve(Number(process.argv[2]));

async function serve(megabytes: number): Promise<void> {
  const ballast = Array.from({ length: megabytes }, () => Buffer.alloc(1_048_576, 'x'));
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const journal = await openSqliteJournal({ file: join(folder, 'state.sqlite') });
  const runner = await startSpawner({
    directory: join(folder, 'hooks'),
    shell: 'bash',
    outputLimitBytes: 65_536,
    environment: { kind: 'inherit', withhold: [] },
    redact: (text) => text,
  });
  let runs = 0;
  process.on('message', async (order: StageOrder) => {
    runs += 1;
    const times = await timed(() => runStage(order, `bench:${runs}`));
    process.send?.(times);
  });
  process.on('disconnect', async () => {
    await runner.close();
    await journal.close();
    await rm(folder, { recursive: true, force: true });
    ballast.length = 0;
  });
  process.send?.('ready');

  async function runStage({ count, detached }: StageOrder, uid: string): Promise<void> {
    await journal.open({ ...opening, uid, at: Date.now() });
    const [hook] = HookList.parse([{ Command: script, Detached: detached }]);
    if (hook === undefined) throw new Error('one hook was written, and none was read');
    const lists = { ...defaultConfig, [stage]: Array.from({ length: count }, () => hook) };
    const hooks = hooksOf({ lists, settings, runner, clock: systemClock });
    let settle = () => {};
    const allSettled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const ledger = settlingLedger(ledgerIn(journal, uid), count, settle);
    const { veto, ran } = await hooks.runStage(stage, facts, {
      ledger,
      signal: new AbortController().signal,
      teller,
    });
    if (veto !== null || ran !== count) throw new Error(`${ran} hooks ran: ${veto}`);
    if (detached) await allSettled;
  }
}

const opening = {
  workflow: 'bench',
  digest: '',
  subject: 'bench',
  exclusive: false,
  input: null,
  token: 1,
} as const;

const settings = hookSettingsOf(defaultConfig);

const teller = {
  tell: () => {},
  warn: (sentence: string) => {
    throw new Error(sentence);
  },
};

function ledgerIn(journal: Journal, uid: string): HookLedger {
  const records: JournalRecord[] = [];
  return ledgerOf({
    uid,
    holds: null,
    journal,
    clock: systemClock,
    history: () => records,
    async append(entry) {
      const record = await journal.append(uid, entry, Date.now(), 1);
      records.push(record);
      return record;
    },
    asks: new Set(),
    next: () => new Promise(() => {}),
  });
}

/** Calls `settle` when as many hooks as `count` have nothing outstanding any more. */
function settlingLedger(ledger: HookLedger, count: number, settle: () => void): HookLedger {
  let settled = 0;
  return {
    ...ledger,
    async settled(of, index) {
      await ledger.settled(of, index);
      settled += 1;
      if (settled === count) settle();
    },
  };
}

async function timed(work: () => Promise<void>): Promise<StageTimes> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const before = performance.eventLoopUtilization();
  const began = performance.now();
  await work();
  const wholeMs = performance.now() - began;
  const { active } = performance.eventLoopUtilization(before);
  delays.disable();
  // The histogram counts the millisecond between two looks, too.
  const longestStallMs = Math.max(0, delays.max / 1e6 - 1);
  return { wholeMs, busyMs: active, longestStallMs, residentMegabytes: process.memoryUsage.rss() / 2 ** 20 };
}
