import type { ReturnStory } from '../../../workflows/returning.ts';
import { cloneGates } from '../../analysis/gates/clone-gates.ts';
import type { Gate } from '../../analysis/gates/gates.ts';
import { Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { StepWorld } from '../step-world.ts';
import { assess, type Returned, successorNow } from './returned.ts';

/** What speaks for and against building it anew by MySQL's own clone of whoever is the primary now. */
export async function cloneGatesOf(world: StepWorld, story: Returned): Promise<readonly Gate[]> {
  const { instance } = story;
  const donor = successorNow(world, story);
  try {
    const facts = await world.servers.cloneFacts(instance, donor);
    return cloneGates({ instance, donor }, facts, world.settings.rebuild.restartedBy);
  } catch (error) {
    return [{ gate: 'clone', open: false, because: messageOf(error) }];
  }
}

/** Why it cannot be built anew so, every reason; null where it can. */
export async function whyNotCloned(world: StepWorld, story: Returned): Promise<string | null> {
  const shut = (await cloneGatesOf(world, story)).filter(({ open }) => !open);
  return shut.length === 0 ? null : shut.map(({ because }) => because).join('; ');
}

/** Tells it to be a copy of its successor. A copy that this run has begun is not begun again. */
export async function cloneReturned(
  world: StepWorld,
  story: ReturnStory,
  context: StepContext,
): Promise<{ because: string } | Refused> {
  const { instance } = story;
  const begun = cloneBegun(instance, context);
  if (begun !== null && (await isOnItsWay(world, story, begun, context)))
    return { because: `${instance} was told before to be a copy of ${begun.donor}` };
  const forbidden = await whyNotNow(world, story, context);
  if (forbidden !== null) return forbidden;
  const donor = successorNow(world, story);
  const { outcome, because } = await context.acts.perform({ verb: 'clone', instance, donor });
  return outcome === 'failed'
    ? refuse('not-rebuilt', `${instance} would not be a copy of ${donor}: ${because}`)
    : { because: `${donor} is being copied to ${instance}` };
}

/** That this run has told it to, as the journal has it. */
export interface CloneBegun {
  readonly donor: InstanceKey;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Nobody lived to write down whether it was done. */
  readonly isUnknown: boolean;
}

/** Null where this run has not told it to, or it would not. */
export function cloneBegun(instance: InstanceKey, { history }: StepContext): CloneBegun | null {
  const records = history();
  const act = records.findLast(
    (one) => one.kind === 'act' && one.verb === 'clone' && one.instance === instance,
  );
  if (act?.kind !== 'act') return null;
  const end = records.find((one) => one.kind === 'acted' && one.of === act.seq);
  if (end?.kind === 'acted' && end.outcome === 'failed') return null;
  // The order was written by this house.
  return { donor: (act.order as { donor: InstanceKey }).donor, at: act.at, isUnknown: end === undefined };
}

/** Where nobody saw whether it was told, the server is asked; one that does not answer may have stopped because it was. */
async function isOnItsWay(
  world: StepWorld,
  story: ReturnStory,
  { isUnknown }: CloneBegun,
  { signal }: StepContext,
): Promise<boolean> {
  if (!isUnknown) return true;
  const now = await world.servers.cloning(story.instance, signal).catch(() => null);
  if (now === null || now.state === 'under way') return true;
  const found = await assess(world, story, signal);
  return found instanceof Refused || found.canFollow;
}

/** What was written down must still be all that it alone has (P4), and every gate open. */
async function whyNotNow(
  world: StepWorld,
  story: ReturnStory,
  { signal }: StepContext,
): Promise<Refused | null> {
  const found = await assess(world, story, signal);
  if (found instanceof Refused) return found;
  if (found.errant !== story.assessment?.errant)
    return refuse('not-saved', `${found.because}, and not all of it is in ${story.saved}`);
  const shut = await whyNotCloned(world, story);
  return shut === null ? null : refuse('not-rebuilt', shut);
}
