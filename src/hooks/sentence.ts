import type { HookClass, HookOutcome, HookStage, StagedHook } from '../engine/record.ts';

/** `PreFailoverProcesses hook 1 of 2`, as orchestrator names it; a later attempt says so. */
export function titleOf(stage: HookStage, index: number, of: number, attempt: number): string {
  return `${stage} hook ${index + 1} of ${of}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
}

/** sysexits(3) EX_TEMPFAIL: try again later. */
const tryAgain = 75;
const warns = 10;

/** What an outcome means. Only hooks that ask for classes have any but success and failure. */
export function classOf(hook: StagedHook, { ended, exitCode }: HookOutcome): HookClass {
  if (ended === 'unknown') return 'unknown';
  if (ended !== 'exited') return 'failure';
  if (exitCode === 0) return 'ok';
  if (hook.exitClasses && exitCode === warns) return 'warning';
  return hook.exitClasses && exitCode === tryAgain ? 'retry' : 'failure';
}
