import { z } from 'zod';
import type { Treatment } from '../src/analysis/finding.ts';
import type { PastRun } from '../src/analysis/gates/past-runs.ts';
import { mending } from './mending.ts';
import { relocation } from './relocation.ts';
import { isRecovered, recovery } from './recovery.ts';
import type { Workflow } from './step.ts';
import { isTakenOver, takeover } from './takeover.ts';

/** The workflows that change a cluster for good. One of them at a time holds it; gates look back at all of them. */
export const acting: readonly Workflow[] = [recovery, takeover, relocation, mending];

/** What orchestrator recovered before Baton came, taken from its backend: it has ended, and no machine is behind it. */
export const orchestratorRecovery = 'orchestrator-recovery';

/** What recovers each kind of failure that Baton recovers. All are opened with a RecoveryInput. */
export const remedies: Readonly<Partial<Record<Treatment, Workflow>>> = {
  'dead-primary': recovery,
  'dead-co-primary': recovery,
  'dead-intermediate': relocation,
  'dead-group-member': relocation,
  'semi-sync': mending,
  'non-writeable-primary': mending,
};

/** By name, as the journal lists them. */
export const actingNames: readonly string[] = acting.map(({ name }) => name);

/** By name, the runs that gates look back at: a failover made by orchestrator gives its cluster the same quiet. */
export const lookedBackAt: readonly string[] = [...actingNames, orchestratorRecovery];

export function isActing(workflow: string): boolean {
  return actingNames.includes(workflow);
}

/** Whether a run with this end gave its cluster another primary. */
export function hasSucceeded(state: string): boolean {
  return isRecovered(state) || isTakenOver(state);
}

const Outcome = z.object({
  successful: z.boolean(),
  unsettled: z.boolean().optional(),
  isCancelled: z.boolean().optional(),
});

/**
 * What the end of an acting run means for the next failure of its cluster. A takeover, or anything else that a person
 * planned, was watched by whoever planned it: it keeps nobody from recovering a failure right after it.
 */
export function aftereffectOf(
  workflow: string,
  end: { readonly state: string; readonly output: unknown },
): PastRun['aftereffect'] {
  // This build could not continue it; whoever follows its end acknowledges it where no server was told to be the primary.
  if (end.state === 'interruptedByUpgrade') return 'holds';
  const { data: outcome } = Outcome.safeParse(end.output);
  if (outcome?.unsettled === true) return 'holds';
  if (workflow === orchestratorRecovery) return outcome?.successful === true ? 'quiets' : 'none';
  const isRemedy = Object.values(remedies).some(({ name }) => name === workflow);
  if (!isRemedy || end.state === 'notNeeded' || outcome === undefined) return 'none';
  if (outcome.isCancelled === true) return 'refrains';
  return outcome.successful ? 'quiets' : 'retries';
}
