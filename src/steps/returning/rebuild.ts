import type { ReturnStory } from '../../../workflows/returning.ts';
import { wasRead } from '../../engine/acts.ts';
import { Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { returnFacts } from './return-facts.ts';
import { runStage } from '../run-stage.ts';
import { silence } from './silence.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/** How long a server may take to be up after RebuildCommand has ended, and how often it is looked at. */
const upWithinMs = 5 * 60_000;
const lookAgainMs = 500;

/** Runs RebuildCommand. A server that comes up writable from it takes no writes before anything else is done. */
export async function rebuildReturned(
  world: StepWorld,
  story: ReturnStory,
  context: StepContext,
): Promise<{ because: string } | Refused> {
  const { instance } = story;
  const { clock, signal, uid } = context;
  const ran = await runStage(world, 'RebuildCommand', await returnFacts(world, story, uid), context);
  if (ran instanceof Refused) return ran;
  const until = clock.monotonic() + upWithinMs;
  for (let seen = await lookAt(world, [instance], signal); !wasRead(seen[0]); ) {
    if (clock.monotonic() >= until)
      return refuse('not-rebuilt', `${instance} does not answer after RebuildCommand: ${seen[0]?.error}`);
    await clock.sleep(lookAgainMs, signal);
    seen = await lookAt(world, [instance], signal);
  }
  const silenced = await silence(world, story, context);
  return silenced instanceof Refused
    ? silenced
    : { because: `RebuildCommand has ended, and ${instance} answers` };
}
