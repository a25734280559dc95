import { setImmediate } from 'node:timers/promises';
import type { HookOutcome, StagedHook } from '../../../src/engine/record.ts';
import { rehearse } from '../../../src/hooks/rehearsal/rehearse.ts';
import type { LeftProcess } from '../../../src/hooks/rehearsal/seen.ts';
import type { HookVerdict } from '../../../src/hooks/rehearsal/verdict.ts';
import type { HookRun } from '../../../src/hooks/runner.ts';
import { undisturbed, VirtualClock } from '../../../src/simulation/clock.ts';
import { graceMs } from '../../../src/hooks/spawner/program.ts';

/** How a pretended hook behaves; `second` is the exit code of a run that is told it is a resumption. */
export interface Manner {
  readonly takesMs?: number;
  readonly exit?: number;
  readonly second?: number;
  /** What of it does not go when it is told to. */
  readonly stubborn?: 'itself' | 'a child';
  readonly output?: string;
}

/** A staged hook of a stage that may veto. */
export function stagedHook(more: Partial<StagedHook> = {}): StagedHook {
  return {
    command: '/opt/hook',
    body: { kind: 'shell', script: '/opt/hook' },
    variables: {},
    document: null,
    detached: false,
    timeoutMs: 60_000,
    mayVeto: true,
    onResume: 'rerun',
    askMs: 1_000,
    retries: 0,
    exitClasses: false,
    refused: null,
    ...more,
  };
}

export function outcome(more: Partial<HookOutcome> = {}): HookOutcome {
  return { ended: 'exited', exitCode: 0, signal: null, tookMs: 12, output: '', because: null, ...more };
}

/** Rehearses one pretended hook on virtual time. */
export async function rehearsing(
  manner: Manner,
  hook: Partial<StagedHook> = {},
  { left = [], signal = new AbortController().signal }: { left?: LeftProcess[]; signal?: AbortSignal } = {},
): Promise<{ readonly verdict: HookVerdict; readonly runs: readonly HookRun[] }> {
  const clock = new VirtualClock(() => setImmediate());
  const runs: HookRun[] = [];
  let isRunning = false;
  const world = {
    clock,
    leftBy: () => (isRunning && manner.stubborn !== undefined ? [...left, itself] : left),
    stageTimeoutSeconds: 600,
    uid: '1:ab',
    runner: {
      run: (run: HookRun, stop: AbortSignal) => {
        runs.push(run);
        isRunning = true;
        return ran(clock, manner, run, stop).finally(() => {
          isRunning = false;
        });
      },
      outcomeOf: async () => null,
      known: () => {},
    },
  };
  const at = { stage: 'PreFailoverProcesses', index: 0, of: 2, hook: stagedHook(hook) } as const;
  const verdict = rehearse(world, at, signal);
  // A rejection is the test's to expect, after time has passed.
  verdict.catch(() => {});
  await clock.advance(3_600_000);
  return { verdict: await verdict, runs };
}

const itself: LeftProcess = { pid: 1, command: '/opt/hook' };

async function ran(
  clock: VirtualClock,
  { takesMs = 12, exit = 0, second = exit, stubborn, output = '' }: Manner,
  { timeoutMs, variables }: HookRun,
  stop: AbortSignal,
): Promise<HookOutcome> {
  const began = clock.monotonic();
  const ended = (how: Partial<HookOutcome>) =>
    outcome({ exitCode: null, tookMs: clock.monotonic() - began, output, ...how });
  const isLate = timeoutMs !== null && timeoutMs < takesMs;
  try {
    await clock.sleep(isLate ? timeoutMs : takesMs, stop);
  } catch {
    return toldToEnd('signalled');
  }
  if (isLate) return toldToEnd('timed-out');
  return ended({ exitCode: variables['BATON_HOOK_RESUMED'] === '1' ? second : exit });

  async function toldToEnd(how: 'signalled' | 'timed-out'): Promise<HookOutcome> {
    await clock.sleep(stubborn === undefined ? 5 : graceMs, undisturbed);
    return ended({ ended: how, signal: stubborn === 'itself' ? 'SIGKILL' : 'SIGTERM' });
  }
}
