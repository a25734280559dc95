import type { RejoinStory, rejoinSteps } from '../../../workflows/rejoin.ts';
import { wasRead } from '../../engine/acts.ts';
import type { StepFunctions } from '../../engine/drive.ts';
import { Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { BatonError } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { isReplicating } from '../../topology/observation.ts';
import { replicasAmong } from '../../topology/snapshot.ts';
import { assess, replacedNow, successorNow } from './returned.ts';
import { whySetApart } from './set-apart.ts';
import { lookAgainMs, lookAt, type StepWorld } from '../step-world.ts';
import { undo } from '../undo.ts';

/** How long it may take to connect and to apply the first that it receives, and for how long it must then go on. */
const followsWithinMs = 10_000;
const followsForMs = 250;

export function rejoinStepsOn(world: StepWorld): StepFunctions<typeof rejoinSteps> {
  return {
    check: (story, context) => check(world, story, context),
    prepare: (story, context) => prepare(world, story, context),
    follow: (story, context) => follow(world, story, context),
    async undo(story, context) {
      const { instance, successor, recovery } = story;
      // It may have followed for a moment.
      world.inventory.replace(instance, { by: successor, recovery, at: context.clock.now() });
      return undo(world, story, context);
    },
  };
}

/** What is owed when this build cannot continue it: nothing, for it takes no writes, and is looked at afresh. */
export async function settleRejoin(): Promise<string> {
  return 'the replaced primary is looked at afresh';
}

/** What was true when the rejoin was opened may not be true under its claim. */
async function check(
  world: StepWorld,
  story: RejoinStory,
  { clock, signal }: StepContext,
): Promise<{ because: string } | Refused> {
  const { instance, successor } = story;
  const found = await assess(world, story, signal);
  if (found instanceof Refused) return found;
  const known = replacedNow(world, story);
  const member = (wanted: InstanceKey) =>
    world.inventory.members(story.cluster.id).find(({ key }) => key === wanted);
  // One that follows its successor counts as replaced no longer, and an interrupted rejoin may have come so far.
  const follows = member(instance)?.server?.replication?.source === successor;
  if (known === null && !follows) return refuse('changed', `${instance} does not count as replaced any more`);
  const apart = known === null ? null : whySetApart(known, clock.now());
  if (apart !== null) return refuse('left-alone', `${apart}; it is not touched`);
  const leader = successorNow(world, story);
  if (leader !== successor) return refuse('changed', `${successor} was replaced by ${leader} meanwhile`);
  const primary = member(successor);
  if (primary?.server == null || primary.server.replication !== null || primary.server.readOnly)
    return refuse('changed', `${successor} does not lead the cluster`);
  return found.canFollow ? { because: found.because } : refuse('changed', found.because);
}

/** Read-only before all else; and what semi-sync wants of a replica, which is heard when it connects. */
async function prepare(world: StepWorld, story: RejoinStory, { acts }: StepContext) {
  const { instance, successor, cluster } = story;
  const { outcome, because, seen } = await acts.perform({ verb: 'setReadOnly', instance, readOnly: true });
  if (outcome === 'failed')
    throw new BatonError('act-failed', `${instance} cannot be made read-only: ${because}`);
  const siblings = replicasAmong(world.inventory.members(cluster.id), successor);
  const isWanted = siblings.some(({ server }) => server?.semiSync.replicaEnabled === true);
  if (isWanted && wasRead(seen ?? undefined) && seen?.server?.semiSync.replicaEnabled === false)
    await acts.perform({ verb: 'setSemiSync', instance, side: 'replica', enabled: true });
  return { because: `${instance} takes no writes` };
}

/** A source may let a replica in and then find that it cannot serve it, so it must follow for a moment. */
async function follow(world: StepWorld, story: RejoinStory, { acts, clock, signal }: StepContext) {
  const { instance, successor } = story;
  const { outcome, because } = await acts.perform({ verb: 'follow', instance, source: successor });
  if (outcome === 'failed')
    throw new BatonError('act-failed', `${instance} would not follow ${successor}: ${because}`);
  const until = clock.monotonic() + followsWithinMs;
  for (let since: number | null = null; ; ) {
    const [seen] = await lookAt(world, [instance], signal);
    const follows = wasRead(seen) && isReplicating(seen.server);
    since = follows ? (since ?? clock.monotonic()) : null;
    if (since !== null && clock.monotonic() - since >= followsForMs)
      return { because: `${instance} follows ${successor}` };
    if (clock.monotonic() >= until) {
      const replication = seen?.server?.replication;
      const words = replication?.lastIoError || replication?.lastSqlError || seen?.error;
      throw new BatonError(
        'act-failed',
        `${instance} does not follow ${successor}: ${words || 'it does not connect'}`,
      );
    }
    await clock.sleep(lookAgainMs, signal);
  }
}
