import type { RecoveryStory } from '../../workflows/recovery.ts';
import { type FencingLevel, reaches } from '../analysis/fencing.ts';
import type { LastMoments } from '../analysis/last-moments.ts';
import { wasRead } from '../engine/acts.ts';
import { type Refused, refuse, type StepContext } from '../engine/step-context.ts';
import type { Observation } from '../topology/observation.ts';
import { momentsNow } from './moments.ts';
import { primaryAnswers, primaryIsBack } from './rivals.ts';
import type { StepWorld } from './step-world.ts';

/** How long one may take to answer that was silent only a moment ago. */
const silentLookMs = 100;

/** Makes sure, as far as it can be made sure, that the failed primary takes no more writes. */
export async function fence(
  world: StepWorld,
  story: RecoveryStory,
  { signal, clock }: StepContext,
): Promise<{ level: FencingLevel; because: string; moments: LastMoments | null } | Refused> {
  const { settings } = world;
  const { instance } = story.finding;
  const seen = await lastLook(world, story, clock.now(), signal);
  if (wasRead(seen) && !seen.server.readOnly) return primaryIsBack(instance);
  const isStill = wasRead(seen);
  const goneAt = seen.echo === 'refused' ? seen.at : null;
  const moments = momentsNow(world, story, { goneAt, isStill });
  if (isStill) return { level: 'proven', because: `${instance} answers and is read-only`, moments };
  const alive = primaryAnswers(seen);
  if (alive !== null) return alive;
  if (!reaches('attempted', settings.fencingRequired)) {
    return refuse(
      'fencing-level',
      `nobody can prove that ${instance} takes no writes (${seen.error}), and FencingLevelRequired is "${settings.fencingRequired}"`,
    );
  }
  return {
    level: 'attempted',
    because: `${seen.error}, so nothing more can be done to keep writes from it`,
    moments,
  };
}

/** One that was silent when the failure was confirmed, a moment ago, is not waited for as long again. */
async function lastLook(
  { servers, inventory, settings }: StepWorld,
  { finding: { instance }, cluster }: RecoveryStory,
  now: number,
  signal: AbortSignal,
): Promise<Observation> {
  const known = inventory.members(cluster.id).find(({ key }) => key === instance)?.checks;
  const wasSilent = known?.echo === 'silent' && now - known.checkedAt < settings.lookTimeoutMs;
  const timeoutMs = wasSilent ? Math.min(silentLookMs, settings.lookTimeoutMs) : settings.lookTimeoutMs;
  const [seen] = inventory.learn(await servers.look([instance], timeoutMs, signal));
  if (seen === undefined) throw new RangeError(`a look at ${instance} brought nothing`);
  return seen;
}
