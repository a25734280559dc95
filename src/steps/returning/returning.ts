import { rejoin } from '../../../workflows/rejoin.ts';
import type { ReturnStory, returningSteps } from '../../../workflows/returning.ts';
import { digestOf } from '../../engine/digest.ts';
import type { StepFunctions } from '../../engine/drive.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { shortUid } from '../../kernel/uid.ts';
import { recoveryUidOf, rejoinUid } from '../hook-facts.ts';
import { cloneReturned, whyNotCloned } from './clone.ts';
import { untilCopied } from './copied.ts';
import { rebuildReturned } from './rebuild.ts';
import { assess, successorNow } from './returned.ts';
import { saveErrant } from './save-errant.ts';
import { silence } from './silence.ts';
import type { StepWorld } from '../step-world.ts';

/** How often, and for how long, a rejoin waits for its turn while something else changes the cluster. */
const againMs = 500;
const turnWithinMs = 30 * 60_000;

export function returningStepsOn(
  world: StepWorld,
  token: () => number,
): StepFunctions<typeof returningSteps> {
  return {
    silence: (story, context) => silence(world, story, context),
    assess: (story, { signal }) => assess(world, story, signal),
    decide: async (story) => decide(world, story),
    save: (story, context) => saveErrant(world, story, context),
    rebuild: (story, context) => rebuildReturned(world, story, context),
    clone: (story, context) => cloneReturned(world, story, context),
    copied: (story, context) => untilCopied(world, story, context),
    claim: (story, context) => claim(world, token, story, context),
  };
}

/** What is owed when this build cannot continue it: nothing, for it is looked at afresh. */
export async function settleReturning(): Promise<string> {
  return 'the replaced primary is looked at afresh';
}

async function decide(
  world: StepWorld,
  story: ReturnStory,
): Promise<{ next: 'rejoin' | 'rebuild' | 'clone' | 'offer'; because: string }> {
  const { settings, hooks } = world;
  const { instance, assessment, request, rebuilds } = story;
  const offer = (because: string) => ({ next: 'offer' as const, because });
  if (assessment === null) return offer(`nobody knows what ${instance} has`);
  const { canFollow, because } = assessment;
  if (canFollow) {
    const successor = successorNow(world, story);
    if (request !== null)
      return { next: 'rejoin', because: `it was asked for by ${request.who}: ${request.why}` };
    if (settings.rejoins === 'offer') return offer(`${because} and may follow it: baton rejoin ${instance}`);
    const disabled = world.holds.disabledBecause();
    if (disabled !== null)
      return offer(`it may follow ${successor}, but all recoveries are disabled: ${disabled}`);
    return { next: 'rejoin', because: `${because}, and RejoinReplacedPrimary is "automatic"` };
  }
  if (!rebuilds)
    return offer(
      `${because}; baton rejoin ${instance} --rebuild saves what only it has and ${settings.rebuild.by === 'clone' ? 'has it copy its successor' : 'runs RebuildCommand'}`,
    );
  const asked = `it was asked for by ${request?.who ?? 'somebody'}`;
  if (settings.rebuild.by === 'clone') {
    const shut = await whyNotCloned(world, story);
    return shut === null ? { next: 'clone', because: asked } : offer(`${because}, and ${shut}`);
  }
  if (!hooks.has('RebuildCommand'))
    return offer(`${because}, and there is no RebuildCommand in the configuration`);
  return { next: 'rebuild', because: asked };
}

async function claim(
  { journal }: StepWorld,
  token: () => number,
  { instance, cluster, recovery, request, ...story }: ReturnStory,
  { uid, clock, signal, teller }: StepContext,
): Promise<{ rejoin: string } | Refused> {
  const until = clock.monotonic() + turnWithinMs;
  const opening = {
    uid: rejoinUid(recoveryUidOf(uid)),
    workflow: rejoin.name,
    digest: digestOf(rejoin.machine),
    subject: cluster.id,
    exclusive: true,
    input: { instance, cluster, successor: story.successor, recovery, request },
  };
  for (let told = false; ; told = true) {
    const claimed = await journal.open({ ...opening, at: clock.now(), token: token() });
    if (claimed.opened) return { rejoin: opening.uid };
    const because = `${shortUid(claimed.by)} changes ${cluster.alias}`;
    if (clock.monotonic() >= until) return refuse('claimed', `${because} and does not end`);
    if (!told)
      teller.tell(`${instance} rejoins as soon as nothing else changes the cluster: ${because}`, {
        instance,
      });
    await clock.sleep(againMs, signal);
  }
}
