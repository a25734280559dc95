import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { undoOf } from '../../engine/acts.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { runStageOf } from '../run-stage.ts';
import type { StepWorld } from '../step-world.ts';
import { unfinishedStory } from '../unfinished-story.ts';

/**
 * What is owed when a recovery cannot be continued by this build: the hooks of the end it reached. Where
 * no server was told to be the primary, the replicas receive again first, for those that we keep from
 * replicating are no witnesses when the failure is looked at afresh.
 */
export async function settleRecovery(
  world: StepWorld,
  input: unknown,
  context: StepContext,
): Promise<string> {
  const { finding, cluster, request } = input as RecoveryStory;
  const promoted = context.history().findLast((record) => record.kind === 'act' && record.verb === 'promote');
  const successor = promoted?.kind === 'act' ? promoted.instance : null;
  const story: RecoveryStory = {
    ...unfinishedStory,
    finding,
    cluster,
    request,
    successor,
  };
  if (successor === null) {
    const orders = undoOf(context.history(), 'undo').filter(({ verb }) => verb === 'startReceiving');
    await Promise.all(orders.map((order) => context.acts.perform(order)));
    await context.publications?.takeBack(cluster);
  }
  const stages =
    successor === null
      ? (['PostUnsuccessfulFailoverProcesses'] as const)
      : (['PostMasterFailoverProcesses', 'PostFailoverProcesses'] as const);
  for (const stage of stages) await runStageOf(world, stage, story, context);
  return successor === null
    ? 'no server was told to be the primary, so the failure is looked at afresh'
    : `${successor} was told to be the primary: see whether it is, and point the other replicas at it`;
}
