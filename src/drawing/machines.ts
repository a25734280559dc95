import * as workflows from '../../workflows/index.ts';
import type { Workflow } from '../../workflows/step.ts';

/** Every workflow that `workflows/index.ts` names, in the order of their names. */
export const machines: readonly Workflow[] = Object.values(workflows)
  .filter(
    (named): named is Extract<typeof named, Workflow> => typeof named === 'object' && 'machine' in named,
  )
  .sort((a, b) => (a.name < b.name ? -1 : 1));
