import type { Finding } from '../../analysis/finding.ts';
import { connectingMs, waitingAmong } from '../../analysis/witnesses.ts';
import type { StepContext } from '../../engine/step-context.ts';
import type { Cluster } from '../../topology/cluster.ts';
import { replicasAmong } from '../../topology/snapshot.ts';
import type { StepWorld } from '../step-world.ts';

/** So long a replica that tries anew is waited for at least. */
const leastMs = 250;

/**
 * A replica that could not reach its source waits before it tries again, for a minute by default, and what kept it
 * may be over. Where nobody but replicas can say that a silent source lives, they try once more before it is called
 * dead. Answers until when they are waited for, in milliseconds since 1970; there is no waiting where nobody waits.
 */
export async function lastAttempt(
  world: StepWorld,
  cluster: Cluster,
  found: Finding,
  { acts, clock }: Pick<StepContext, 'acts' | 'clock'>,
): Promise<number> {
  const now = clock.now();
  if (found.echo !== 'silent' || world.settings.confirmMs === 0) return now;
  const members = world.inventory.members(cluster.id);
  const replicas = replicasAmong(members, found.instance);
  const waiting = waitingAmong(replicas, now);
  const done = await Promise.all(waiting.map((instance) => acts.perform({ verb: 'reconnect', instance })));
  if (!done.some(({ outcome }) => outcome === 'done')) return now;
  const source = members.find(({ key }) => key === found.instance);
  return clock.now() + connectingMs(source, replicas, leastMs);
}
