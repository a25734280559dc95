import type { TakeoverStory } from '../../../workflows/takeover.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { isCheckValid } from '../../topology/snapshot.ts';
import { electedIn } from '../recovery/elected.ts';
import { promotedByAnother, rivalWords } from '../recovery/rivals.ts';
import type { StepWorld } from '../step-world.ts';

/** Why the designated one may not take over: somebody else has promoted another replica meanwhile. Null where nobody has. */
export async function rivalIn(
  world: StepWorld,
  story: TakeoverStory,
  context: Pick<StepContext, 'signal' | 'history'>,
): Promise<Refused | null> {
  const successor = electedIn(story);
  const unread = new Set(world.inventory.instances.filter((one) => !isCheckValid(one)).map(({ key }) => key));
  const others = story.finding.replicas.filter((key) => key !== successor && !unread.has(key));
  const rival = await promotedByAnother(world, others, context);
  return rival === null ? null : refuse('rival', rivalWords(rival));
}
