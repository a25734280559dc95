import type { RecoveryStory } from '../../../workflows/recovery.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { spoken } from '../../kernel/duration.ts';
import type { Observation } from '../../topology/observation.ts';
import { isCheckValid, replicasAmong } from '../../topology/snapshot.ts';
import { detectionUid, recoveryUidOf } from '../hook-facts.ts';
import type { StepWorld } from '../step-world.ts';
import type { FencingMeasure } from './fencing-measures.ts';

/** How much is left until a primary that nobody reaches has certainly given up by itself. */
export interface SelfFencing {
  /** Milliseconds; 0 where it has. */
  readonly leftMs: number;
  readonly measure: FencingMeasure;
}

/**
 * Counted from the last contact by dates that are in the journal or were seen, so that whoever continues waits only for the rest. Null
 * where nothing makes it give up (SelfFencingSeconds), or where it is in contact at this moment.
 */
export async function selfFencing(
  world: StepWorld,
  story: RecoveryStory,
  seen: Observation | undefined,
  context: StepContext,
): Promise<SelfFencing | null> {
  const { selfFencingMs } = world.settings;
  if (selfFencingMs === 0 || seen?.echo === 'answered' || hasReplica(world, story)) return null;
  const { instance } = story.finding;
  const now = context.clock.now();
  const contactAt = await lastContact(world, story, context);
  const leftMs = Math.max(0, contactAt + selfFencingMs - now);
  const since = `nobody has reached ${instance} for ${spoken(now - contactAt)}`;
  const span = `${spoken(selfFencingMs)} (SelfFencingSeconds)`;
  const measure = 'time';
  return leftMs === 0
    ? {
        leftMs,
        measure: { measure, level: 'timed', because: `${since}, and it gives up by itself after ${span}` },
      }
    : {
        leftMs,
        measure: {
          measure,
          level: 'attempted',
          because: `${since}; only after ${span} it has given up by itself, which is waited for`,
        },
      };
}

/**
 * When Baton last heard of it, and not before the failure was found, for until then a replica may have been connected. Milliseconds since
 * 1970.
 */
async function lastContact(
  { inventory, journal }: StepWorld,
  { finding, cluster }: RecoveryStory,
  { uid, history, clock }: StepContext,
): Promise<number> {
  const detection = await journal.read(detectionUid(recoveryUidOf(uid)));
  const foundAt = detection?.opening.at ?? history()[0]?.at ?? clock.now();
  const primary = inventory.members(cluster.id).find(({ key }) => key === finding.instance);
  return Math.max(foundAt, primary?.checks.heardAt ?? 0);
}

/** One that a person wants replaced may still have replicas that are connected to it. */
function hasReplica({ inventory }: StepWorld, { finding, cluster }: RecoveryStory): boolean {
  return replicasAmong(inventory.members(cluster.id), finding.instance).some(
    (replica) => isCheckValid(replica) && replica.server?.replication?.ioThread === 'running',
  );
}
