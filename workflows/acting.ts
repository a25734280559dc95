import type { Treatment } from '../src/analysis/finding.ts';
import { recovery } from './recovery.ts';
import type { Workflow } from './step.ts';

/** The workflows that change a cluster for good. One of them at a time holds it; gates look back at all of them. */
export const acting: readonly Workflow[] = [recovery];

/** What recovers each kind of failure that Baton recovers. All are opened with a RecoveryInput. */
export const remedies: Readonly<Partial<Record<Treatment, Workflow>>> = { 'dead-primary': recovery };

export function isActing(workflow: string): boolean {
  return acting.some(({ name }) => name === workflow);
}
