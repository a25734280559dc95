import type { Clock } from '../../kernel/clock.ts';
import { memoryLedger } from '../memory-ledger.ts';
import type { HookRunner } from '../runner.ts';
import { graceMs } from '../spawner/program.ts';
import { StageTime } from '../stage-time.ts';
import { takeTurn } from '../turn.ts';
import type { LeftProcess, RehearsedHook, SeenRun } from './seen.ts';

/** What a rehearsal stands on. */
export interface RehearsalWorld {
  readonly runner: HookRunner;
  readonly clock: Clock;
  /** What a run, by its key, has left running. */
  readonly leftBy: (key: string) => readonly LeftProcess[];
  /** HookStageTimeoutSeconds: the end of a hook that has none of its own. */
  readonly stageTimeoutSeconds: number;
  /** Names this rehearsal as a recovery is named; no two have the same. */
  readonly uid: string;
}

/** Runs the hook as a stage would. */
export function runPlainly(world: RehearsalWorld, at: RehearsedHook, signal: AbortSignal): Promise<SeenRun> {
  return runOnce(world, at, { how: 'plain', stopAfterMs: null, signal });
}

/**
 * Runs the hook as a controller does that continues another's work: on record is that the hook was
 * begun, and nobody saw its end.
 */
export function runAgain(world: RehearsalWorld, at: RehearsedHook, signal: AbortSignal): Promise<SeenRun> {
  return runOnce(world, at, { how: 'again', stopAfterMs: null, signal });
}

/** Runs the hook and ends it so many milliseconds after its start, as a stage does that is left. */
export function runAndStop(
  world: RehearsalWorld,
  at: RehearsedHook,
  stopAfterMs: number,
  signal: AbortSignal,
): Promise<SeenRun> {
  return runOnce(world, at, { how: 'stopped', stopAfterMs, signal });
}

interface Way {
  readonly how: 'plain' | 'again' | 'stopped';
  /** Null where only the hook's own time ends it. */
  readonly stopAfterMs: number | null;
  readonly signal: AbortSignal;
}

/** One turn by a ledger of its own, waited for, whatever the hook says of retries and of being left behind. */
async function runOnce(world: RehearsalWorld, at: RehearsedHook, way: Way): Promise<SeenRun> {
  const { runner, clock, uid } = world;
  const { stage, index, of, hook } = at;
  const { ledger } = memoryLedger(`${way.how}/${stage}/${index + 1}/${uid}`, clock);
  const last = () => {
    const run = ledger.runs(stage, index).at(-1);
    if (run === undefined) throw new Error('a turn was taken without a run');
    return { ...run, key: ledger.key(run.seq) };
  };
  const { timeoutMs } = hook;
  if (way.how === 'again')
    await ledger.intend({ stage, index, of, attempt: 1, hook, timeoutMs, digest: 'of another life' });
  const alone = {
    ...hook,
    retries: 0,
    detached: false,
    onResume: way.how === 'again' ? 'rerun' : 'skip',
  } as const;
  const time = new StageTime(clock, world.stageTimeoutSeconds * 1_000);
  const teller = { tell: () => {}, warn: () => {} };
  const watch = watchOf(world, { ...way, boundMs: time.bounded(timeoutMs), key: () => last().key });
  const { signal, onItsWay } = watch;
  const turn = { stage, index, of, hook: alone, ledger, runner, clock, teller, time, signal, onItsWay };
  await (await takeTurn({ ...turn, earlier: Promise.resolve() })).onRecord;
  watch.over();
  const { key, ended } = last();
  if (ended === null) throw new Error('a turn ended without an outcome');
  const left = await settled(world, key);
  const killed = watch.late().filter(({ pid }) => left.every((one) => one.pid !== pid));
  return { outcome: ended.outcome, class: ended.class, killed, left };
}

/** So long before the other signal comes, whatever is still there has not heeded the polite one. */
const marginMs = 200;

/** Tells the hook to end when it is to be told, and looks who is still there before it is killed. */
function watchOf(
  { clock, leftBy }: RehearsalWorld,
  { stopAfterMs, boundMs, key, signal }: Way & { boundMs: number; key: () => string },
) {
  const stop = new AbortController();
  const over = new AbortController();
  let late: readonly LeftProcess[] = [];
  const after = (milliseconds: number, act: () => void) =>
    void clock.sleep(milliseconds, over.signal).then(act, () => {});
  return {
    signal: AbortSignal.any([stop.signal, signal]),
    onItsWay: () => {
      if (stopAfterMs !== null)
        after(stopAfterMs, () => stop.abort(new Error('the rehearsal wants to see how it ends')));
      after((stopAfterMs ?? boundMs) + graceMs - marginMs, () => {
        late = leftBy(key());
      });
    },
    over: () => over.abort(),
    late: () => late,
  };
}

/** How long processes may take to go that were just killed, or are about to end. */
const settlingMs = 500;
const lookEveryMs = 20;

async function settled({ clock, leftBy }: RehearsalWorld, key: string): Promise<readonly LeftProcess[]> {
  const until = clock.monotonic() + settlingMs;
  let left = leftBy(key);
  while (left.length > 0 && clock.monotonic() < until) {
    await clock.sleep(lookEveryMs, new AbortController().signal);
    left = leftBy(key);
  }
  return left;
}
