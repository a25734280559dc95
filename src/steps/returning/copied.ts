import type { ReturnStory } from '../../../workflows/returning.ts';
import type { RestartedBy } from '../../analysis/gates/clone-gates.ts';
import type { Cloning } from '../../engine/ports.ts';
import { Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { spoken } from '../../kernel/duration.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { StepWorld } from '../step-world.ts';
import { cloneBegun } from './clone.ts';
import { silence } from './silence.ts';

/** How often a server that is being made a copy, or has stopped, is asked. */
const askAgainMs = 250;

/** Waits until the copy is whole and the server is up again; one that comes up writable takes no writes before anything else is done. */
export async function untilCopied(
  world: StepWorld,
  story: ReturnStory,
  context: StepContext,
): Promise<{ because: string } | Refused> {
  const { instance } = story;
  const { clock, signal, teller } = context;
  const { timeoutMs, restartedBy } = world.settings.rebuild;
  const begun = cloneBegun(instance, context);
  const until = (begun?.at ?? clock.now()) + timeoutMs;
  for (let isTold = false; ; ) {
    const now = await world.servers.cloning(instance, signal).catch(() => null);
    const end =
      now === null || now.state === 'under way' ? null : await concluded(world, story, now, context);
    // One that was just done with it may stop before it is silenced.
    if (end !== null && !(end instanceof Refused && end.code === 'gone')) return end;
    if (clock.now() >= until) return refuse('not-rebuilt', tooLate(instance, now, timeoutMs));
    if (now === null && !isTold) teller.warn(awaited[restartedBy](instance), { instance });
    isTold ||= now === null;
    await clock.sleep(askAgainMs, signal);
  }
}

async function concluded(
  world: StepWorld,
  story: ReturnStory,
  { state, error }: Cloning,
  context: StepContext,
): Promise<{ because: string } | Refused> {
  const { instance } = story;
  if (state === 'failed')
    return refuse(
      'not-rebuilt',
      `${instance} could not be made a copy, and may have lost what it had; that is in ${story.saved}: ${error}`,
    );
  const silenced = await silence(world, story, context);
  return silenced instanceof Refused ? silenced : { because: `${instance} is a copy and answers` };
}

function tooLate(instance: InstanceKey, now: Cloning | null, timeoutMs: number): string {
  const within = `within ${spoken(timeoutMs)} (RebuildTimeoutSeconds)`;
  return now === null
    ? `${instance} does not answer ${within}: start it, then baton rejoin ${instance}`
    : `${instance} was not made a copy ${within}; MySQL goes on with it`;
}

const awaited: Record<RestartedBy, (instance: InstanceKey) => string> = {
  nobody: (instance) => `${instance} does not answer: it is waited for, and somebody must start it`,
  itself: (instance) => `${instance} does not answer: it restarts by itself, and is waited for`,
  supervisor: (instance) => `${instance} does not answer: it is waited for, and its supervisor must start it`,
};
