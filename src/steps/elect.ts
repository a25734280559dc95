import type { RecoveryStory } from '../../workflows/recovery.ts';
import { type Candidate, chooseSuccessor } from '../analysis/candidates.ts';
import { wasRead } from '../engine/acts.ts';
import { refuse, type StepContext } from '../engine/step-context.ts';
import { lookAt, type StepWorld } from './step-world.ts';

/** Chooses the successor among the replicas, now that what each has received is final. */
export async function elect(
  world: StepWorld,
  { finding, cluster, lost }: RecoveryStory,
  { acts, signal }: StepContext,
) {
  const { settings, inventory } = world;
  // One that could not be reached a moment ago may have the most of all.
  await Promise.all(lost.map(({ instance }) => acts.perform({ verb: 'stopReceiving', instance })));
  const seen = await lookAt(world, finding.replicas, signal);
  const members = new Map(inventory.members(cluster.id).map((instance) => [instance.key, instance]));
  const candidates = seen.filter(wasRead).flatMap(({ key, server }): Candidate[] => {
    const instance = members.get(key);
    return instance === undefined || server.replication?.source !== finding.instance
      ? []
      : [{ instance, server }];
  });
  const choice = chooseSuccessor(candidates, {
    failed: members.get(finding.instance) ?? null,
    ignoredHosts: settings.promotionIgnoredHosts,
  });
  return choice.successor === null ? refuse('no-candidate', choice.because) : { ...choice, donor: null };
}
