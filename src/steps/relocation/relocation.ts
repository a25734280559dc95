import type { RelocationStory, relocationSteps } from '../../../workflows/relocation.ts';
import { type Fresh, type Move, planRelocation } from '../../analysis/orphans.ts';
import { wasRead } from '../../engine/acts.ts';
import type { StepFunctions } from '../../engine/drive.ts';
import { refuse, type StepContext } from '../../engine/step-context.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { isReplicating } from '../../topology/observation.ts';
import { confirmFailure } from '../recovery/confirm.ts';
import { relocate, verifyFollowing } from './relocate.ts';
import { runStageOf } from '../run-stage.ts';
import { lookAt, type StepWorld } from '../step-world.ts';
import { undo } from '../undo.ts';

/** The steps that give the replicas of a dead source another one, in the order of workflows/relocation.ts. */
export function relocationStepsOn(world: StepWorld): StepFunctions<typeof relocationSteps> {
  return {
    confirm: (story, context) => confirmFailure(world, story, context),
    preFailoverHooks: (story, context) => runStageOf(world, 'PreFailoverProcesses', story, context),
    choose: (story, context) => choose(world, story, context),
    relocate: (story, context) => relocate(world, story, context),
    verify: (story, context) => verifyFollowing(world, story, context),
    putBack: (story, context) =>
      undo(world, story, context, (instance) => story.lost.some((one) => one.instance === instance)),
    postIntermediateHooks: (story, context) =>
      runStageOf(world, 'PostIntermediateMasterFailoverProcesses', story, context),
    postFailoverHooks: (story, context) => runStageOf(world, 'PostFailoverProcesses', story, context),
    undo: (story, context) => undo(world, story, context),
    postUnsuccessfulHooks: (story, context) =>
      runStageOf(world, 'PostUnsuccessfulFailoverProcesses', story, context),
  };
}

/**
 * What is owed when this build cannot continue it: the hooks of the end it reached, by whether any replica was told
 * to follow another source. Those that still have none are found again when the failure is looked at afresh.
 */
export async function settleRelocation(
  world: StepWorld,
  input: unknown,
  context: StepContext,
): Promise<string> {
  const { finding, cluster, request } = input as RelocationStory;
  const moved = context.history().findLast((record) => record.kind === 'act' && record.verb === 'follow');
  const source = moved?.kind === 'act' ? (moved.order as { source?: InstanceKey }).source : undefined;
  const successor = source === undefined || source === finding.instance ? null : source;
  const stages =
    successor === null
      ? (['PostUnsuccessfulFailoverProcesses'] as const)
      : (['PostIntermediateMasterFailoverProcesses', 'PostFailoverProcesses'] as const);
  for (const stage of stages)
    await runStageOf(world, stage, { finding, cluster, request, successor }, context);
  return successor === null
    ? 'no replica was told to follow another source, so the failure is looked at afresh'
    : `replicas were told to follow ${successor}, and the failure is looked at afresh`;
}

/** Asks every member of the cluster, for any of them may become the source of an orphan. */
async function choose(world: StepWorld, story: RelocationStory, { clock, signal }: StepContext) {
  const { finding, cluster, tried } = story;
  const { inventory, settings } = world;
  const keys = inventory.members(cluster.id).map(({ key }) => key);
  const seen = await lookAt(world, keys, signal);
  const members = inventory.members(cluster.id);
  const failed = members.find(({ key }) => key === finding.instance);
  if (failed === undefined) return refuse('unknown-instance', `${finding.instance} is not known any more`);
  const answering = seen.filter(wasRead).flatMap(({ key, server }): Fresh[] => {
    const known = members.find((member) => member.key === key);
    return known === undefined ? [] : [{ ...known, server }];
  });
  const isOrphan = ({ key }: { key: InstanceKey }) => finding.replicas.some((replica) => replica === key);
  const orphans = answering.filter(isOrphan);
  const following = orphans.flatMap((orphan) => followedBy(orphan, story));
  const plan = planRelocation({
    failed,
    orphans: orphans.filter(({ key }) => !following.some(({ instance }) => instance === key)),
    others: answering.filter((one) => !isOrphan(one) && one.key !== failed.key),
    tried,
    rules: settings.promotion,
    now: clock.now(),
  });
  const silent = finding.replicas
    .filter((key) => !orphans.some((orphan) => orphan.key === key))
    .map((instance) => ({
      instance,
      because: seen.find(({ key }) => key === instance)?.error ?? 'it does not answer',
    }));
  return { ...plan, left: [...plan.left, ...silent], following };
}

/** Whom an orphan follows by now in place of the dead source, be it by our doing or somebody else's. */
function followedBy({ key, server }: Fresh, { finding, plan }: RelocationStory): Move[] {
  const source = server.replication?.source;
  if (source === undefined || source === finding.instance || !isReplicating(server)) return [];
  const planned = plan?.moves.find((move) => move.instance === key && move.source === source);
  return [planned ?? { instance: key, source, because: `${key} follows ${source} by now` }];
}
