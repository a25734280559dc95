import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { type DataVerdict, unknown, withRestored, withUnapplied } from '../../analysis/cost/data-verdict.ts';
import { electedIn } from './elected.ts';

/** Says what the failover has cost the data: what was weighed at the election, and what it was given or did not apply after it. */
export async function judge(story: RecoveryStory): Promise<DataVerdict> {
  const cost = story.election?.cost ?? unknown('nobody wrote down what the replicas had received');
  const successor = electedIn(story);
  return withUnapplied(withRestored(cost, successor, story.restored ?? ''), successor, story.unapplied);
}
