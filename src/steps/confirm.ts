import type { RecoveryStory } from '../../workflows/recovery.ts';
import { lifeSignOf } from '../analysis/gates.ts';
import { undoOf } from '../engine/acts.ts';
import type { StepContext } from '../engine/step-context.ts';
import { findingNow, lookAt, type StepWorld } from './step-world.ts';

/** How long replicas may take to say whether their source is back, once they receive again. */
const settleMs = 2_000;
const lookAgainMs = 25;

/**
 * Looks at every server again. Where an interrupted attempt had stopped the replicas' receiving
 * threads, they are started first: replicas that we keep from replicating are no witnesses of a
 * death.
 */
export async function confirmFailure(world: StepWorld, story: RecoveryStory, context: StepContext) {
  const { finding, cluster } = story;
  const { clock, signal, acts, history } = context;
  const watched = [finding.instance, ...finding.replicas];
  const orders = undoOf(history(), 'undo').filter(({ verb }) => verb === 'startReceiving');
  const restarted = await Promise.all(orders.map((order) => acts.perform(order)));
  const waits = restarted.some(({ outcome }) => outcome === 'done');
  const until = clock.monotonic() + settleMs;
  while (true) {
    const seen = await lookAt(world, watched, signal);
    const unsettled = seen.some(
      ({ server }) => server?.replication?.ioThread === 'connecting' && server.replication.lastIoError === '',
    );
    if (waits && unsettled && clock.monotonic() < until) {
      await clock.sleep(lookAgainMs, signal);
      continue;
    }
    const found = findingNow(world, cluster.id, finding, clock.now());
    const lifeSign = found === null ? null : lifeSignOf(found);
    if (found !== null && lifeSign === null)
      return {
        holds: true,
        because: `${found.code} of ${found.instance} holds: ${found.evidence}`,
        finding: found,
      };
    const gone = `${finding.code} of ${finding.instance} was gone when every server was asked again`;
    return { holds: false, because: lifeSign ?? gone, finding: null };
  }
}
