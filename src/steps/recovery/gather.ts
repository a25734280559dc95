import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { executed, holdings } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import { refuse, type StepContext } from '../../engine/step-context.ts';
import { countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import type { Observation, Server } from '../../topology/observation.ts';
import { momentsIn } from './moments.ts';
import { replicasOf } from './replicas-of.ts';
import { Standstill } from '../standstill.ts';
import { connectWithinMs, lookAgainMs, lookAt, type StepWorld } from '../step-world.ts';

/**
 * Stops the receiving threads of all replicas that can be reached, so that what each has received is final. A primary
 * that was made to take no more writes, and still answers, gives them all it has first.
 */
export async function gather(world: StepWorld, story: RecoveryStory, context: StepContext) {
  const { finding } = story;
  const moments = momentsIn(context.history());
  // Read-only is enough for that, though it is no proof of a fence on MariaDB.
  if (moments?.isFinal === true || moments?.isReadOnly === true) await receiveAll(world, story, context);
  const results = await Promise.all(
    replicasOf(story, context.history()).map(async (instance) => ({
      instance,
      ...(await context.acts.perform({ verb: 'stopReceiving', instance })),
    })),
  );
  const reached = results.filter(({ outcome }) => outcome !== 'failed');
  const missing = results.filter(({ outcome }) => outcome === 'failed');
  if (reached.length === 0) {
    const reasons = missing.map(({ because }) => because).join('; ');
    return refuse('no-replicas', `no replica of ${finding.instance} did what it was asked: ${reasons}`);
  }
  return {
    gathered: reached.map(({ instance }) => instance),
    missing: missing.map(({ instance, because }) => ({
      instance,
      because: because ?? 'it could not be reached',
    })),
  };
}

/**
 * Waits until a replica has received all that the primary has, for as long as any of them makes progress. Those that wait
 * before they try it again try at once.
 */
async function receiveAll(
  world: StepWorld,
  { finding }: RecoveryStory,
  { acts, clock, signal, teller }: StepContext,
): Promise<void> {
  const standstill = new Standstill(clock, world.settings.applyStallMs);
  const connectBy = clock.monotonic() + connectWithinMs;
  for (let isFirst = true; ; isFirst = false) {
    const [primary, ...replicas] = await lookAt(world, [finding.instance, ...finding.replicas], signal);
    if (!wasRead(primary)) return;
    const missing = leastMissing(primary.server, replicas);
    if (missing === 0n) return;
    const late = replicas.filter(({ server }) => server?.replication?.ioThread === 'connecting');
    if (isFirst) await Promise.all(late.map(({ key }) => acts.perform({ verb: 'reconnect', instance: key })));
    const mayConnect = late.length > 0 && clock.monotonic() < connectBy;
    if (!mayConnect && (missing === null || standstill.isReached(missing))) return;
    if (isFirst)
      teller.tell(`a replica is waited for until it has received all that ${finding.instance} has`, {
        instance: finding.instance,
      });
    await clock.sleep(lookAgainMs, signal);
  }
}

/** What the replica that has most still lacks of the primary's; null where none receives from it. */
function leastMissing(primary: Server, replicas: readonly Observation[]): bigint | null {
  const missing = replicas
    .filter(wasRead)
    .filter(({ server }) => server.replication?.ioThread === 'running')
    .map(({ server }) => countGtid(subtractGtid(executed(primary), holdings(server))));
  return missing.reduce<bigint | null>((least, one) => (least === null || one < least ? one : least), null);
}
