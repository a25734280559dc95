import type { HookOutcome, HookStage, StagedHook } from '../engine/record.ts';
import { spoken } from '../kernel/duration.ts';

/** `PreFailoverProcesses hook 1 of 2`, as orchestrator names it; a later attempt says so. */
export function titleOf(stage: HookStage, index: number, of: number, attempt: number): string {
  return `${stage} hook ${index + 1} of ${of}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
}

/** How a run ended, behind its title. */
export function endOf(hook: StagedHook, outcome: HookOutcome): string {
  const { ended, exitCode, signal, because } = outcome;
  const after = `after ${spoken(outcome.tookMs)}`;
  const why = because === null ? '' : `: ${because}`;
  if (ended === 'exited') return `exited ${exitCode} ${after}`;
  if (ended === 'signalled') return `was ended by ${signal} ${after}${why}`;
  if (ended === 'timed-out') return `did not end in time and was killed ${after}${why}`;
  if (ended === 'not-started') return `was not started${why}`;
  return `ended in a way that is not known${why}; ${unknownIs[hook.onResume]}`;
}

const unknownIs: Readonly<Record<StagedHook['onResume'], string>> = {
  rerun: 'its OnResume is rerun',
  skip: 'its OnResume is skip, so it is not run again',
  ask: 'its OnResume is ask, so it is not run again: look what it did',
};

/** Whether what follows may go on as if all were well. */
export function isSuccess(hook: StagedHook, { ended, exitCode }: HookOutcome): boolean {
  if (ended === 'exited') return exitCode === 0;
  return ended === 'unknown' && hook.onResume === 'skip';
}
