import type { OrphansStory, orphansSteps } from '../../workflows/orphans.ts';
import { type Fresh, type Move, planRelocation } from '../analysis/orphans.ts';
import { wasRead } from '../engine/acts.ts';
import type { StepFunctions } from '../engine/drive.ts';
import { refuse, type StepContext } from '../engine/step-context.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { isReplicating } from '../topology/observation.ts';
import { confirmFailure } from './confirm.ts';
import { relocate, verifyFollowing } from './relocate.ts';
import { runStageOf } from './run-stage.ts';
import { lookAt, type StepWorld } from './step-world.ts';
import { undo } from './undo.ts';

/** The steps that give the replicas of a dead source another one, in the order of workflows/orphans.ts. */
export function orphansStepsOn(world: StepWorld): StepFunctions<typeof orphansSteps> {
  return {
    confirm: (story, context) => confirmFailure(world, story, context),
    preFailoverHooks: (story, context) => runStageOf(world, 'PreFailoverProcesses', story, context),
    choose: (story, context) => choose(world, story, context),
    relocate: (story, context) => relocate(world, story, context),
    verify: (story, context) => verifyFollowing(world, story, context),
    putBack: ({ lost }, context) =>
      undo(world, context, (instance) => lost.some((one) => one.instance === instance)),
    postIntermediateHooks: (story, context) =>
      runStageOf(world, 'PostIntermediateMasterFailoverProcesses', story, context),
    postFailoverHooks: (story, context) => runStageOf(world, 'PostFailoverProcesses', story, context),
    undo: (_, context) => undo(world, context),
    postUnsuccessfulHooks: (story, context) =>
      runStageOf(world, 'PostUnsuccessfulFailoverProcesses', story, context),
  };
}

/** Asks every member of the cluster, for any of them may become the source of an orphan. */
async function choose(world: StepWorld, story: OrphansStory, { clock, signal }: StepContext) {
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
    ignoredHosts: settings.promotionIgnoredHosts,
    rules: settings.replicationRules,
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
function followedBy({ key, server }: Fresh, { finding, plan }: OrphansStory): Move[] {
  const source = server.replication?.source;
  if (source === undefined || source === finding.instance || !isReplicating(server)) return [];
  const planned = plan?.moves.find((move) => move.instance === key && move.source === source);
  return [planned ?? { instance: key, source, because: `${key} follows ${source} by now` }];
}
