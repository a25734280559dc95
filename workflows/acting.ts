import type { Treatment } from '../src/analysis/finding.ts';
import { relocation } from './relocation.ts';
import { isRecovered, recovery } from './recovery.ts';
import type { Workflow } from './step.ts';
import { isTakenOver, takeover } from './takeover.ts';

/** The workflows that change a cluster for good. One of them at a time holds it; gates look back at all of them. */
export const acting: readonly Workflow[] = [recovery, takeover, relocation];

/** What recovers each kind of failure that Baton recovers. All are opened with a RecoveryInput. */
export const remedies: Readonly<Partial<Record<Treatment, Workflow>>> = {
  'dead-primary': recovery,
  'dead-co-primary': recovery,
  'dead-intermediate': relocation,
  'dead-group-member': relocation,
};

/** By name, as the journal lists them. */
export const actingNames: readonly string[] = acting.map(({ name }) => name);

export function isActing(workflow: string): boolean {
  return actingNames.includes(workflow);
}

/** Whether a run with this end gave its cluster another primary. */
export function hasSucceeded(state: string): boolean {
  return isRecovered(state) || isTakenOver(state);
}
