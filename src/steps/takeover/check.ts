import type { Election } from '../../../workflows/recovery.ts';
import type { TakeoverInput, TakeoverStory } from '../../../workflows/takeover.ts';
import { type TakeoverAnswer, takeoverGates } from '../../analysis/gates/takeover-gates.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, isCheckValid, newInstance } from '../../topology/snapshot.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/** Asks every server and every gate. One that was chosen before an interruption is not chosen anew. */
export async function checkTakeover(
  world: StepWorld,
  story: TakeoverStory,
  { clock, signal }: StepContext,
): Promise<Election | Refused> {
  const designated = story.election?.successor ?? story.request.designated;
  const wanted = { ...story, request: { ...story.request, designated } };
  const { successor, because, comparisons } = await takeoverNow(world, wanted, {
    now: clock.now(),
    signal,
  });
  if (successor === null) return refuse('takeover-refused', because);
  return { successor, because, comparisons, donor: null, cost: null };
}

/** How every gate of a takeover stands at this moment: what its first step and its preview ask. */
export async function takeoverNow(
  world: StepWorld,
  { finding, cluster, request, auto }: TakeoverInput,
  { now, signal }: { now: number; signal: AbortSignal },
): Promise<TakeoverAnswer> {
  const { inventory, settings } = world;
  // A replica that somebody else has promoted is in a cluster of its own by now.
  const among = () => {
    const members = inventory.members(cluster.id);
    const gone = inventory.instances.filter(({ key }) => finding.replicas.includes(key));
    return [...new Map([...members, ...gone].map((one) => [one.key, one])).values()];
  };
  await lookAt(
    world,
    among().map(({ key }) => key),
    signal,
  );
  const members = among();
  const primary = members.find(({ key }) => key === finding.instance) ?? newInstance(finding.instance);
  return takeoverGates(
    {
      primary,
      others: members.filter(({ key }) => key !== primary.key),
      replicas: finding.replicas,
      designated: request.designated,
      auto,
      unendable: isCheckValid(primary) ? await world.servers.canEndConnections(primary.key) : null,
      noAccount: await whyNoAccount(world, primary, request.designated ?? finding.replicas[0] ?? null),
      disabledBecause: world.holds.disabledBecause(),
      now,
    },
    settings.takeover.rules,
  );
}

/** Who has never replicated has no account to do so with, and has to be given one when it follows. */
async function whyNoAccount(
  { servers }: StepWorld,
  { server }: Instance,
  source: InstanceKey | null,
): Promise<string | null> {
  const isNewcomer = server !== null && server.replication === null;
  return isNewcomer && source !== null ? servers.canGiveAccount(source) : null;
}
