import type { HookClass, HookStage, StagedHook } from '../../engine/record.ts';

/** What follows in a recovery from a hook that ends like this, as a sentence. */
export function consequenceOf(stage: HookStage, hook: StagedHook, is: HookClass): string {
  if (is === 'unknown') return `What follows is for its OnResume to say: ${hook.onResume}.`;
  if (hook.detached)
    return 'In a recovery nobody waits for it: this is recorded, and nothing follows from it.';
  const end = hook.mayVeto ? (vetoes[stage] ?? endsStage) : 'this is recorded, and the next hook runs';
  const { retries } = hook;
  if (is === 'retry' && retries === 0)
    return `It asks to be tried again, but its Retries is 0; in a recovery ${end}.`;
  if (retries === 0 || !isTriedAgain(hook, is)) return `In a recovery ${end}.`;
  const times = retries === 1 ? 'once' : `up to ${retries} times`;
  return `In a recovery it is tried again ${times}; if that does not help, ${end}.`;
}

/** What a failing hook ends, by its stage. */
const vetoes: Partial<Record<HookStage, string>> = {
  OnFailureDetectionProcesses: 'no hook after it runs, and the failure is not recovered',
  PreGracefulTakeoverProcesses: 'this is a veto: the takeover does not begin',
  PreFailoverProcesses: 'this is a veto: no server is touched, and nothing is recovered',
  PostMasterFailoverProcesses: 'no hook after it runs, and the recovery ends as one with failed hooks',
  PostIntermediateMasterFailoverProcesses:
    'no hook after it runs, and the recovery ends as one with failed hooks',
  PostFailoverProcesses: 'no hook after it runs, and the recovery ends as one with failed hooks',
};
const endsStage = 'no hook after it in this stage runs';

/** With classes of exit, only the one that asks for it is tried again. */
function isTriedAgain({ exitClasses, refused }: StagedHook, is: HookClass): boolean {
  return exitClasses ? is === 'retry' : refused === null;
}
