import type { ReturnInput } from '../../../workflows/returning.ts';
import { type Assessment, assessReturn } from '../../analysis/choice/assessment.ts';
import { wasRead } from '../../engine/acts.ts';
import { type Refused, refuse } from '../../engine/step-context.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Observation } from '../../topology/observation.ts';
import { follows, successorOf } from '../../topology/replaced.ts';
import type { Instance } from '../../topology/snapshot.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/** What names the two that a run is about. */
export type Returned = Pick<ReturnInput, 'instance' | 'cluster' | 'successor'>;

/** The replaced primary as it is known now; null where it counts as replaced no longer. */
export function replacedNow(world: StepWorld, { instance, cluster }: Returned): Instance | null {
  const known = world.inventory.members(cluster.id).find(({ key }) => key === instance);
  return known === undefined || known.replaced === null ? null : known;
}

/** Whoever is the primary in its place by now, for its successor may have been replaced too. */
export function successorNow(world: StepWorld, story: Returned): InstanceKey {
  const members = world.inventory.members(story.cluster.id);
  const find = (wanted: InstanceKey) => members.find(({ key }) => key === wanted) ?? null;
  const known = find(story.instance);
  return (known === null ? null : successorOf(known, find)) ?? story.successor;
}

/** Looks at both, and holds what the one has against what the other has. */
export async function assess(
  world: StepWorld,
  story: Returned,
  signal: AbortSignal,
): Promise<Assessment | Refused> {
  const successor = successorNow(world, story);
  const [returned, primary] = await lookAt(world, [story.instance, successor], signal);
  const unread = unreadOf(returned) ?? unreadOf(primary);
  if (!wasRead(returned) || !wasRead(primary)) return refuse('unread', unread ?? 'it does not answer');
  const members = world.inventory.members(story.cluster.id);
  const find = (wanted: InstanceKey) => members.find(({ key }) => key === wanted) ?? null;
  const others = members.flatMap((one) =>
    one.server === null || one.key === story.instance || follows(one, story.instance, find)
      ? []
      : [one.server],
  );
  return assessReturn(returned, primary, others);
}

function unreadOf(seen: Observation | undefined): string | null {
  return wasRead(seen) ? null : (seen?.error ?? null);
}
