import type { z } from 'zod';
import type { TakeoverStory, takeoverSteps } from '../../../workflows/takeover.ts';
import { executed } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import type { Order } from '../../engine/ports.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { BatonError } from '../../kernel/errors.ts';
import { coordinatesText } from '../../topology/coordinates.ts';
import { containsGtid } from '../../topology/gtid/arithmetic.ts';
import type { Server } from '../../topology/observation.ts';
import { electedIn } from '../recovery/elected.ts';
import { recoveryUidOf } from '../hook-facts.ts';
import { lookAt, type StepWorld } from '../step-world.ts';
import { rivalIn } from './rival.ts';

/** Tells the designated replica to be the primary, once it is seen that the old one takes no writes and has no more than it. */
export async function promoteDesignated(
  world: StepWorld,
  story: TakeoverStory,
  { uid, clock, acts, signal, history }: StepContext,
): Promise<z.input<(typeof takeoverSteps)['promote']['output']> | Refused> {
  const { instance } = story.finding;
  const successor = electedIn(story);
  const { lookTimeoutMs } = world.settings;
  // All at once, for nobody takes writes until this is done.
  const [[primary, heir], rival, unwilling] = await Promise.all([
    world.servers.look([instance, successor], lookTimeoutMs, signal),
    rivalIn(world, story, { signal, history }),
    waitsAnew(world, story) ? whyItWouldNotWait(story, { acts }) : null,
  ]);
  const forbidden = whyNot(story, primary, heir) ?? rival ?? unwilling;
  if (forbidden !== null) return forbidden;
  const { outcome, because } = await acts.perform({ verb: 'promote', instance: successor }, { seen: heir });
  if (outcome === 'failed')
    throw new BatonError('act-failed', `${successor} could not be promoted: ${because}`);
  // The old primary stays in its cluster, though it follows nobody for a moment.
  world.inventory.replace(instance, { by: successor, recovery: recoveryUidOf(uid), at: clock.now() });
  const [, now] = await lookAt(world, [instance, successor], signal);
  const coordinates = wasRead(now) ? now.server.binlogCoordinates : null;
  return { coordinates: coordinates === null ? null : coordinatesText(coordinates) };
}

/** Null where it waits for semi-sync replicas from now on. */
async function whyItWouldNotWait(
  story: TakeoverStory,
  { acts }: Pick<StepContext, 'acts'>,
): Promise<Refused | null> {
  const instance = electedIn(story);
  const order: Order = { verb: 'setSemiSync', instance, side: 'primary', enabled: true };
  const { outcome, because } = await acts.perform(order);
  return outcome === 'failed'
    ? refuse(
        'semi-sync',
        `${instance} would not wait for semi-sync replicas as ${story.finding.instance} did: ${because}`,
      )
    : null;
}

type Seen = Awaited<ReturnType<typeof lookAt>>[number] | undefined;

function whyNot(story: TakeoverStory, primary: Seen, heir: Seen): Refused | null {
  const { instance } = story.finding;
  const successor = electedIn(story);
  if (!wasRead(primary)) return refuse('primary-lost', `${instance} no longer answers: ${primary?.error}`);
  if (!wasRead(heir)) return refuse('candidate-lost', `${successor} no longer answers: ${heir?.error}`);
  if (!primary.server.readOnly)
    return refuse('still-writable', `${instance} takes writes again: somebody else has made it`);
  const source = heir.server.replication?.source ?? null;
  if (source !== null && source !== instance)
    return refuse(
      'rival',
      `${successor} replicates from ${source} by now: somebody else changes this cluster`,
    );
  return hasAll(heir.server, primary.server)
    ? null
    : refuse('candidate-lags', `${instance} has executed more since, and ${successor} has not`);
}

function hasAll(heir: Server, primary: Server): boolean {
  return containsGtid(executed(heir), executed(primary));
}

/** The old primary waits for replicas at each commit, and the new one would not. */
function waitsAnew({ inventory }: StepWorld, { cluster, finding, election }: TakeoverStory): boolean {
  const semiSyncOf = (wanted: InstanceKey | undefined) =>
    inventory.members(cluster.id).find(({ key }) => key === wanted)?.server?.semiSync;
  const [old, now] = [semiSyncOf(finding.instance), semiSyncOf(election?.successor)];
  return old?.primaryEnabled === true && now?.primaryEnabled !== true;
}
