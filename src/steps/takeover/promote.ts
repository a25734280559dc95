import type { z } from 'zod';
import type { TakeoverStory, takeoverSteps } from '../../../workflows/takeover.ts';
import { executed } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import type { Order } from '../../engine/ports.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { BatonError } from '../../kernel/errors.ts';
import { coordinatesText } from '../../topology/coordinates.ts';
import { containsGtid } from '../../topology/gtid/arithmetic.ts';
import type { Observation, Server } from '../../topology/observation.ts';
import { electedIn } from '../recovery/elected.ts';
import { recoveryUidOf } from '../hook-facts.ts';
import { lookAt, type StepWorld } from '../step-world.ts';
import { frozenUntil, lookAgainMs } from './freeze.ts';
import { rivalIn } from './rival.ts';

/** Tells the designated replica to be the primary, once it is seen that the old one takes no writes and has no more than it. */
export async function promoteDesignated(
  world: StepWorld,
  story: TakeoverStory,
  context: StepContext,
): Promise<z.input<(typeof takeoverSteps)['promote']['output']> | Refused> {
  const { uid, clock, acts, signal } = context;
  const { instance } = story.finding;
  const successor = electedIn(story);
  const seen = await lastLook(world, story, context);
  if (seen instanceof Refused) return seen;
  const waiting: Order = { verb: 'setSemiSync', instance: successor, side: 'primary', enabled: true };
  const promotion: Order = { verb: 'promote', instance: successor };
  const orders = waitsAnew(world, story) ? [waiting, promotion] : [promotion];
  // Both are written down at once, for nobody takes writes until this is done.
  const results = await acts.performInTurn(successor, orders, { seen });
  const failed = results.findIndex(({ outcome }) => outcome === 'failed');
  const because = results[failed]?.because ?? '';
  if (failed !== -1 && orders[failed] === waiting)
    return refuse(
      'semi-sync',
      `${successor} would not wait for semi-sync replicas as ${instance} did: ${because}`,
    );
  if (failed !== -1) throw new BatonError('act-failed', `${successor} could not be promoted: ${because}`);
  // The old primary stays in its cluster, though it follows nobody for a moment.
  world.inventory.replace(instance, { by: successor, recovery: recoveryUidOf(uid), at: clock.now() });
  const [, now] = await lookAt(world, [instance, successor], signal);
  const coordinates = wasRead(now) ? now.server.binlogCoordinates : null;
  return { coordinates: coordinates === null ? null : coordinatesText(coordinates) };
}

/**
 * The designated one as it stands where nothing forbids it to be the primary. What somebody with all rights has written on the
 * old one since it was frozen is waited for.
 */
async function lastLook(
  world: StepWorld,
  story: TakeoverStory,
  { clock, signal, history }: StepContext,
): Promise<Observation | Refused> {
  const { servers, settings } = world;
  const both = [story.finding.instance, electedIn(story)];
  while (true) {
    const [[primary, heir], rival] = await Promise.all([
      servers.look(both, settings.lookTimeoutMs, signal),
      rivalIn(world, story, { signal, history }),
    ]);
    const forbidden = whyNot(story, primary, heir) ?? rival;
    if (forbidden === null && heir !== undefined) return heir;
    const isOver = clock.now() > frozenUntil(world, story, { clock, history });
    if (forbidden !== null && (forbidden.code !== 'candidate-lags' || isOver)) return forbidden;
    await clock.sleep(lookAgainMs, signal);
  }
}

type Seen = Observation | undefined;

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
