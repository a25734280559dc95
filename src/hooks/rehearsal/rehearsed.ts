import type { StagedHook } from '../../engine/record.ts';

/**
 * The hook as it is in a rehearsal: it is told so, in its environment, as a header and in the document
 * of its facts. Nothing else keeps it from doing what it does in an emergency.
 */
export function rehearsed(hook: StagedHook): StagedHook {
  const { document, variables } = hook;
  return {
    ...hook,
    // One that must not be run has no variables, and gets none.
    variables: hook.refused === null ? { ...variables, BATON_REHEARSAL: '1' } : variables,
    document: document === null ? null : JSON.stringify({ ...JSON.parse(document), rehearsal: true }),
  };
}
