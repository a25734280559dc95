import type { TakeoverStory } from '../../../workflows/takeover.ts';
import { wasRead } from '../../engine/acts.ts';
import type { Order } from '../../engine/ports.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { electedIn } from '../recovery/elected.ts';
import { pointAtSuccessor } from '../recovery/repoint.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/** Points the old primary, and whoever does not follow the new one yet, at it. */
export async function followDesignated(world: StepWorld, story: TakeoverStory, context: StepContext) {
  const { finding } = story;
  await swapSemiSync(world, story, context);
  const everyone = [finding.instance, ...finding.replicas];
  const repointed = await pointAtSuccessor(world, story, everyone, context);
  if (story.compatibility === 'strict' && !story.auto) await rest(story, context);
  return repointed;
}

/** The old primary takes the side of a semi-sync replica that the new one had; who never waited does not begin to. */
async function swapSemiSync(
  world: StepWorld,
  story: TakeoverStory,
  { acts, signal, teller }: StepContext,
): Promise<void> {
  const { instance } = story.finding;
  const [old, now] = await lookAt(world, [instance, electedIn(story)], signal);
  if (!wasRead(old) || !wasRead(now)) return;
  const { primaryEnabled, replicaEnabled } = old.server.semiSync;
  if (!primaryEnabled) return;
  const orders: Order[] = [{ verb: 'setSemiSync', instance, side: 'primary', enabled: false }];
  if (!replicaEnabled && now.server.semiSync.primaryEnabled)
    orders.unshift({ verb: 'setSemiSync', instance, side: 'replica', enabled: true });
  for (const order of orders) {
    const { outcome, because } = await acts.perform(order);
    if (outcome === 'failed')
      teller.warn(`${instance} keeps its settings of semi-sync: ${because}`, { instance });
  }
}

/** orchestrator leaves the old primary standing still unless it chose the new one itself (3.2.6, section 3.10 step 9). */
async function rest({ finding: { instance } }: TakeoverStory, { acts }: StepContext): Promise<void> {
  await acts.perform({ verb: 'stopReceiving', instance });
  await acts.perform({ verb: 'stopApplying', instance });
}
