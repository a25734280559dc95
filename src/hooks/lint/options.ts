import { mayVetoAt } from '../stages.ts';
import { remark } from './finding.ts';
import type { Check } from './subject.ts';

/** Options of one hook that contradict each other, or its stage. */
export const examineOptions: Check = ({ stage, hook, request, detached }) => {
  const found = [];
  const { compatibility } = request;
  const vetoes = mayVetoAt(stage, { compatibility, postHooksCount: false });
  if (detached && hook.onFailure === 'abort') {
    found.push(
      remark(
        'warning',
        'It is left in the background, where nobody waits for it, so its OnFailure "abort" has no effect.',
      ),
    );
  } else if (detached && vetoes && hook.onFailure === null) {
    found.push(
      remark(
        'note',
        'It is left in the background, so its failure is recorded and does not veto what this stage precedes.',
      ),
    );
  }
  if (hook.askTimeoutSeconds !== null && hook.onResume !== 'ask')
    found.push(remark('warning', 'AskTimeoutSeconds has no effect: its OnResume is not "ask".'));
  if (hook.exitClasses && hook.action.kind !== 'http' && hook.retries === 0)
    found.push(
      remark(
        'note',
        'ExitClasses without Retries: exit 75, which asks to be tried again, is a failure at once.',
      ),
    );
  return found;
};
