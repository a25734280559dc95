import type { StagedHook } from '../../engine/record.ts';
import { type RehearsalWorld, runAgain, runAndStop, runPlainly } from './run-once.ts';
import type { RehearsedHook, SeenRun } from './seen.ts';
import { type HookVerdict, verdictOf } from './verdict.ts';

/** A hook that ends sooner than this cannot be caught while it runs. */
const catchableMs = 100;
/** A hook that takes long is ended so early in its run, any other half-way. */
const soonMs = 1_000;

/**
 * Runs a hook for real, up to three times: as its stage would, once more as after the death of a
 * controller, and once to be ended on its way. An aborted signal ends it and rejects.
 */
export async function rehearse(
  world: RehearsalWorld,
  at: RehearsedHook,
  signal: AbortSignal,
): Promise<HookVerdict> {
  const plain = await runPlainly(world, at, signal);
  signal.throwIfAborted();
  const again = mayRunAgain(at.hook, plain) ? await runAgain(world, at, signal) : null;
  signal.throwIfAborted();
  const stopped = await stop(world, at, plain, signal);
  signal.throwIfAborted();
  return verdictOf(at, { plain, again, stopped });
}

/** Whether it would ever be run a second time, and whether that would show anything. */
function mayRunAgain({ onResume }: StagedHook, plain: SeenRun): boolean {
  return onResume !== 'skip' && (plain.class === 'ok' || plain.class === 'warning');
}

/** A hook that ran out of its time has been ended once already. */
async function stop(
  world: RehearsalWorld,
  at: RehearsedHook,
  plain: SeenRun,
  signal: AbortSignal,
): Promise<SeenRun | null> {
  const { ended, tookMs } = plain.outcome;
  if (at.hook.body.kind === 'http') return null;
  if (ended === 'timed-out') return plain;
  if (ended !== 'exited' || tookMs < catchableMs) return null;
  return runAndStop(world, at, Math.min(tookMs / 2, soonMs), signal);
}
