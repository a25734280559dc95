import type { SuspicionStory, suspicionSteps } from '../../../workflows/suspicion.ts';
import {
  connectingMs,
  isConnected,
  receivedSince,
  type Witnesses,
  witnessesAmong,
} from '../../analysis/witnesses.ts';
import type { StepFunctions } from '../../engine/drive.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { spoken } from '../../kernel/duration.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, replicasAmong } from '../../topology/snapshot.ts';
import { Looks } from '../looks.ts';
import { receiveAgain } from './receive-again.ts';
import type { StepWorld } from '../step-world.ts';

/** A replica is looked at so often while it connects. */
const lookAgainMs = 25;
/** How long replicas may take to connect at least. */
const leastMs = 500;
/** The first that is asked has half of that before the others are asked too, and its time goes on. */
const othersAfter = 0.5;

export function suspicionStepsOn(world: StepWorld): StepFunctions<typeof suspicionSteps> {
  return {
    async askOne(story, context) {
      await receiveAgain(context);
      const { asked, spared } = witnessesNow(world, story, context.clock.now());
      const [first] = asked;
      if (first !== undefined) return hear(world, story, { keys: [first], share: othersAfter }, context);
      const sparing = spared.map(({ instance, because }) => `${instance} ${because}`).join('; ');
      const because = sparing === '' ? 'no replica is connected to it' : `no replica is asked: ${sparing}`;
      return { heard: 'nobody' as const, asked: [], because };
    },

    async askOthers(story, context) {
      await receiveAgain(context);
      const { asked } = witnessesNow(world, story, context.clock.now());
      return hear(world, story, { keys: asked, share: 1 }, context);
    },
  };
}

/** What is owed when this build cannot continue it: replicas that do not receive because of us. */
export async function settleSuspicion(_: StepWorld, __: unknown, context: StepContext): Promise<string> {
  await receiveAgain(context);
  return 'its replicas receive again, and the failure is looked at afresh';
}

/** Has these connect anew and waits until one has, or all had their time. */
async function hear(
  world: StepWorld,
  story: SuspicionStory,
  { keys, share }: { keys: readonly InstanceKey[]; share: number },
  context: StepContext,
) {
  const { clock, signal, acts } = context;
  const { instance } = story.finding;
  const known = (key: InstanceKey) =>
    world.inventory.members(story.cluster.id).find((member) => member.key === key);
  const meanwhile = answerOf(known(instance));
  if (meanwhile !== null) return { heard: 'over' as const, asked: story.asked, because: meanwhile };
  const replicas = () => replicasAmong(world.inventory.members(story.cluster.id), instance);
  const looks = new Looks({ ...world, clock, signal, timeoutMs: world.settings.lookTimeoutMs });
  const everyone = [instance, ...replicas().map(({ key }) => key)];
  await looks.round(everyone, lookAgainMs);
  // What the others receive from here on they receive from one that is silent to us.
  const before = new Map(replicas().map((replica) => [replica.key, replica]));
  const done = await Promise.all(
    keys.map(async (key) => ({ key, ...(await acts.perform({ verb: 'reconnect', instance: key })) })),
  );
  const willing = done.flatMap(({ key, outcome }) => (outcome === 'failed' ? [] : [key]));
  const asked = [...new Set([...story.asked, ...willing])];
  const refusals = done.flatMap(({ because }) => because ?? []);
  if (asked.length === 0) return { heard: 'nobody' as const, asked, because: refusals.join('; ') };
  const anew = new Looks({ ...world, clock, signal, timeoutMs: world.settings.lookTimeoutMs });
  const began = clock.monotonic();
  const patienceMs =
    share * connectingMs(known(instance), replicas(), Math.max(leastMs, world.settings.confirmMs / 2));
  while (true) {
    await anew.round(everyone, lookAgainMs);
    const waited = clock.monotonic() - began;
    const answer = answerOf(known(instance));
    if (answer !== null) return { heard: 'over' as const, asked, because: answer };
    // What it said before it was asked does not count.
    const back = asked.find((key) => anew.hasAsked(key, Number.POSITIVE_INFINITY) && isConnected(known(key)));
    if (back !== undefined) {
      const because = `${back} connected to ${instance} anew, so it is Baton that cannot reach it`;
      return { heard: 'connected' as const, asked, because };
    }
    const fed = receivedSince(
      before,
      replicas().filter(({ key }) => !asked.includes(key)),
    );
    if (fed !== null) {
      const because = `${fed} goes on receiving from ${instance}, so it is Baton that cannot reach it`;
      return { heard: 'connected' as const, asked, because };
    }
    if (waited >= patienceMs) {
      const because = `${asked.join(', ')} could not connect to ${instance} anew within ${spoken(waited)}`;
      return { heard: 'lost' as const, asked, because };
    }
    await clock.sleep(lookAgainMs, signal);
  }
}

function witnessesNow(world: StepWorld, { finding, cluster }: SuspicionStory, now: number): Witnesses {
  return witnessesAmong(replicasAmong(world.inventory.members(cluster.id), finding.instance), now);
}

/**
 * Whatever it answers, be it that it has no connection left (docs/decisions/0006): its other replicas may hold the last
 * that it had to give. Null where nothing comes back.
 */
function answerOf(instance: Instance | undefined): string | null {
  return instance?.checks.echo === 'answered'
    ? (instance.checks.error ?? `${instance.key} answers again`)
    : null;
}
