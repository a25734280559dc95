import type { Finding } from '../analysis/finding.ts';

/** What is found, as orchestrator prints it: the failure first, then the structure warnings; where there is neither, Baton's troubles. */
export function codesOf({ code, warnings, troubles }: Finding): string {
  const said = code === 'NoProblem' ? warnings : [code, ...warnings];
  return (said.length > 0 ? said : [...new Set(troubles.map((one) => one.code))]).join(', ');
}
