import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { type DataVerdict, unknown, withRestored, withUnapplied } from '../../analysis/cost/data-verdict.ts';
import { whyNotStill } from '../../analysis/cost/last-moments.ts';
import { wasRead } from '../../engine/acts.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { lookAt, type StepWorld } from '../step-world.ts';
import { electedIn } from './elected.ts';
import { momentsIn } from './moments.ts';

/** Says what the failover has cost the data: what was weighed at the election, and what it was given or did not apply after it. */
export async function judge(
  world: StepWorld,
  story: RecoveryStory,
  context: StepContext,
): Promise<DataVerdict> {
  const cost = await costNow(world, story, context);
  const successor = electedIn(story);
  return withUnapplied(withRestored(cost, successor, story.restored ?? ''), successor, story.unapplied);
}

/** One that some accounts could still write to is read once more: what it took until now, and no more, is known. */
async function costNow(
  world: StepWorld,
  { election, finding }: RecoveryStory,
  { history, signal }: StepContext,
): Promise<DataVerdict> {
  const cost = election?.cost ?? unknown('nobody wrote down what the replicas had received');
  const costIfStill = election?.costIfStill ?? null;
  const moments = momentsIn(history());
  if (costIfStill === null || moments === null) return cost;
  const [seen] = await lookAt(world, [finding.instance], signal);
  const moved = whyNotStill(moments, wasRead(seen) ? seen.server : null);
  return moved === null ? costIfStill : { ...cost, because: `${cost.because}; ${moved}` };
}
