import type { HookBody } from '../../engine/record.ts';
import { toldOutcome } from '../../engine/telling.ts';
import { type Check, check, withOutput } from './check.ts';
import type { RehearsedHook, Seen } from './seen.ts';

/** Whether a hook may safely be run twice; null where a failure has said enough already. */
export function judgeAgain({ hook }: RehearsedHook, { again }: Seen): Check | null {
  const { onResume, body } = hook;
  if (onResume === 'skip')
    return check(
      'again',
      'note',
      'After the death of a controller it is not run again: its OnResume is skip.',
    );
  if (again === null) return null;
  const told = `${second[body.kind]}, with BATON_HOOK_RESUMED=1, it ${toldOutcome(again.outcome)}`;
  if (again.class === 'ok' || again.class === 'warning') return check('again', 'ok', `${told}.`);
  const why =
    onResume === 'ask'
      ? 'a person may have it run again (its OnResume is ask)'
      : 'it may be run again (its OnResume is rerun)';
  const text = `${told}: after the death of a controller ${why}, and it fails then.`;
  return withOutput(check('again', 'problem', text), again.outcome);
}

const second: Readonly<Record<HookBody['kind'], string>> = {
  shell: 'Run a second time',
  exec: 'Run a second time',
  http: 'Posted a second time',
};
