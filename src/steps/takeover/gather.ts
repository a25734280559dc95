import type { TakeoverStory } from '../../../workflows/takeover.ts';
import { executed, holdings } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { spoken } from '../../kernel/duration.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { containsGtid, unionGtid } from '../../topology/gtid/arithmetic.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { isReplicating } from '../../topology/observation.ts';
import { isCheckValid } from '../../topology/snapshot.ts';
import { electedIn } from '../recovery/elected.ts';
import { connectWithinMs, lookAgainMs, lookAt, type StepWorld } from '../step-world.ts';

/**
 * Lets the other replicas follow the designated one while the primary still takes writes. Who cannot be read stays
 * where it is, for a downtime has let it past the check; and so do all where commits wait for more replicas than
 * the designated one, for then the primary would stand still.
 */
export async function gatherBelow(
  world: StepWorld,
  story: TakeoverStory,
  context: StepContext,
): Promise<{ because: string } | Refused> {
  const { cluster, finding } = story;
  const successor = electedIn(story);
  const members = world.inventory.members(cluster.id);
  const primary = members.find(({ key }) => key === finding.instance);
  const { waitForReplicas = 1, primaryEnabled = false } = primary?.server?.semiSync ?? {};
  if (primaryEnabled && waitForReplicas > 1)
    return {
      because: `commits on ${finding.instance} wait for ${waitForReplicas} replicas, so the others come along afterwards`,
    };
  const others = members.filter(
    (one) => finding.replicas.includes(one.key) && one.key !== successor && isCheckValid(one),
  );
  const whys = await Promise.all(others.map(({ key }) => comeAlong(world, story, key, context)));
  const failed = whys.filter((why) => why !== null);
  if (failed.length > 0) return refuse('left-behind', failed.join('; '));
  const names = others.map(({ key }) => key).join(', ');
  return { because: names === '' ? 'there is no other replica' : `behind ${successor} already: ${names}` };
}

/**
 * It stops receiving, and follows once the designated one has all that it has: MariaDB refuses a replica that is
 * ahead of its source, be it for a moment. Null when it follows, or why it does not.
 */
async function comeAlong(
  world: StepWorld,
  story: TakeoverStory,
  instance: InstanceKey,
  { acts, clock, signal }: StepContext,
): Promise<string | null> {
  const successor = electedIn(story);
  const until = clock.monotonic() + world.settings.takeover.approachMs;
  const [before] = await lookAt(world, [instance], signal);
  const source = before?.server?.replication?.source;
  if (source === successor && isReplicating(before?.server ?? null)) return null;
  if (source !== successor) {
    const stopped = await acts.perform({ verb: 'stopReceiving', instance });
    if (stopped.outcome === 'failed') return `${instance} could not be moved: ${stopped.because}`;
    while (true) {
      const passed = await isPassed(world, story, instance, signal);
      if (typeof passed === 'string') return passed;
      if (passed) break;
      if (clock.monotonic() > until)
        return `${successor} did not come to have all that ${instance} has within ${spoken(world.settings.takeover.approachMs)}`;
      await clock.sleep(lookAgainMs, signal);
    }
  }
  const followed = await acts.perform({ verb: 'follow', instance, source: successor });
  if (followed.outcome === 'failed') return `${instance} would not follow ${successor}: ${followed.because}`;
  const connectedUntil = clock.monotonic() + connectWithinMs;
  while (true) {
    const [seen] = await lookAt(world, [instance], signal);
    if (isReplicating(seen?.server ?? null)) return null;
    if (clock.monotonic() > connectedUntil) {
      const why = seen?.server?.replication?.lastIoError || seen?.error || 'it does not say why';
      return `${instance} was told to follow ${successor}, and does not: ${why}`;
    }
    await clock.sleep(lookAgainMs, signal);
  }
}

/**
 * Whether the designated one has executed all that this one has received; what it never gets, of its own, aside.
 * A sentence where it cannot be asked any more: waiting would only keep the others from receiving.
 */
async function isPassed(
  world: StepWorld,
  story: TakeoverStory,
  instance: InstanceKey,
  signal: AbortSignal,
): Promise<boolean | string> {
  const [replica, heir] = await lookAt(world, [instance, electedIn(story)], signal);
  if (!wasRead(heir)) return `${electedIn(story)} no longer answers: ${heir?.error ?? ''}`;
  if (!wasRead(replica)) return false;
  const known = world.inventory.members(story.cluster.id).find(({ key }) => key === instance);
  const had = unionGtid(executed(heir.server), parseGtid(known?.gtidErrant ?? ''));
  return containsGtid(had, holdings(replica.server));
}
