import type { TakeoverStory } from '../../../workflows/takeover.ts';
import { executed } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { spoken } from '../../kernel/duration.ts';
import { containsGtid } from '../../topology/gtid/arithmetic.ts';
import type { GtidSet } from '../../topology/gtid/gtid-set.ts';
import { electedIn } from '../recovery/elected.ts';
import { rivalIn } from './rival.ts';
import { lookAgainMs, lookAt, type StepWorld } from '../step-world.ts';

/** So much of the time that the primary may be read-only is what the designated one may be behind before it is. */
const closeShare = 0.1;
/** How long a better moment is waited for once it is that close: one in which it has all that the primary has. */
const momentMs = 2_000;

/**
 * Waits until the designated replica needs little time to reach what the primary had a moment before: for as long it
 * will keep the primary read-only. One that does not come close would only have all put back again. Under load a
 * replica falls behind and catches up many times a second, so a moment is chosen in which it is not behind at all.
 */
export async function approach(
  world: StepWorld,
  story: TakeoverStory,
  { clock, lease, signal, history, teller }: StepContext,
): Promise<{ because: string } | Refused> {
  const { approachMs, readOnlyMs } = world.settings.takeover;
  const { instance } = story.finding;
  const successor = electedIn(story);
  const until = clock.monotonic() + approachMs;
  const closeMs = closeShare * readOnlyMs;
  let mark: { readonly had: GtidSet; readonly at: number } | null = null;
  let moment: number | null = null;
  let isTold = false;
  await world.servers.makeReady([instance, successor], world.settings.lookTimeoutMs, lease);
  while (true) {
    const at = clock.monotonic();
    const [primary, heir] = await lookAt(world, [instance, successor], signal);
    if (!wasRead(primary)) return refuse('primary-lost', `${instance} no longer answers: ${primary?.error}`);
    if (!wasRead(heir)) return refuse('candidate-lost', `${successor} no longer answers: ${heir?.error}`);
    mark ??= { had: executed(primary.server), at };
    if (containsGtid(executed(heir.server), mark.had)) {
      const now = clock.monotonic();
      const behindMs = now - mark.at;
      const isLevel = mark.at === at;
      if (behindMs <= closeMs) {
        const rival = moment === null ? await rivalIn(world, story, { signal, history }) : null;
        if (rival !== null) return rival;
        moment ??= Math.min(now + momentMs, until);
        if (isLevel || now >= moment)
          return { because: `${successor} is less than ${spoken(behindMs)} behind` };
      }
      mark = null;
    }
    if (clock.monotonic() > until)
      return refuse(
        'candidate-lags',
        `${successor} did not come close behind ${instance} within ${spoken(approachMs)}`,
      );
    if (!isTold && mark !== null) {
      isTold = true;
      teller.tell(`waiting for ${successor} to come close behind ${instance}`, { instance: successor });
    }
    await clock.sleep(lookAgainMs, signal);
  }
}
