import type { RecoveryStory } from '../../workflows/recovery.ts';
import { executed, holdings, unreadableGtidOf } from '../analysis/candidates.ts';
import { wasRead } from '../engine/acts.ts';
import { refuse, type StepContext } from '../engine/step-context.ts';
import { countGtid, subtractGtid } from '../topology/gtid/arithmetic.ts';
import { electedIn } from './elected.ts';
import { lookAgainMs, lookAt, type StepWorld } from './step-world.ts';

/** Waits until the candidate has applied everything it has received. */
export async function catchUp(
  world: StepWorld,
  story: RecoveryStory,
  { clock, signal, teller }: StepContext,
) {
  const { settings } = world;
  const candidate = electedIn(story);
  let [left, movedAt] = [-1n, clock.monotonic()];
  while (true) {
    const [seen] = await lookAt(world, [candidate], signal);
    if (!wasRead(seen))
      return refuse('candidate-lost', `${candidate} no longer answers: ${seen?.error ?? ''}`);
    const unreadable = unreadableGtidOf(seen.server);
    if (unreadable !== null) return refuse('candidate-lost', `${candidate} ${unreadable}`);
    const waiting = countGtid(subtractGtid(holdings(seen.server), executed(seen.server)));
    if (waiting === 0n) return { applied: true, because: `${candidate} has applied all it received` };
    if (seen.server.replication?.sqlThread !== 'running') {
      return refuse(
        'apply-stopped',
        `${candidate} has ${waiting} transactions to apply, but its applying thread does not run`,
      );
    }
    if (waiting !== left) {
      if (left < 0n)
        teller.tell(`${candidate} has ${waiting} transactions left to apply`, { instance: candidate });
      [left, movedAt] = [waiting, clock.monotonic()];
    } else if (clock.monotonic() - movedAt > settings.applyStallMs) {
      return refuse(
        'apply-stalled',
        `${candidate} has stopped applying with ${waiting} transactions to go; promoting it now would drop them`,
      );
    }
    await clock.sleep(lookAgainMs, signal);
  }
}
