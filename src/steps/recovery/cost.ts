import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { type Weighed, weigh } from '../../analysis/cost/data-verdict.ts';
import type { Reached } from '../../analysis/cost/holding.ts';
import { wasRead } from '../../engine/acts.ts';
import type { StepContext } from '../../engine/step-context.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Observation } from '../../topology/observation.ts';
import { momentsIn, tailIn } from './moments.ts';
import type { StepWorld } from '../step-world.ts';

/**
 * What it costs the data to promote `successor`, and why not to: by the replicas as they were `seen` after they had
 * stopped receiving. A person who forces a failover is held back by nothing.
 */
export function costOf(
  { inventory, settings }: Pick<StepWorld, 'inventory' | 'settings'>,
  { finding, cluster, request }: Pick<RecoveryStory, 'finding' | 'cluster' | 'request'>,
  choice: {
    seen: readonly Observation[];
    /** All that the recovery is about. */
    replicas: readonly InstanceKey[];
    successor: InstanceKey;
    donor: InstanceKey | null;
  },
  { clock, history }: Pick<StepContext, 'clock' | 'history'>,
): Weighed {
  const { seen, replicas, successor, donor } = choice;
  const members = new Map(inventory.members(cluster.id).map((instance) => [instance.key, instance]));
  const moments = momentsIn(history());
  const reached = seen.filter(wasRead).flatMap(({ key, server, at }): Reached[] => {
    const source = server.replication?.source;
    const follows = source === finding.instance || replicas.some((replica) => replica === source);
    return follows ? [{ key, server, at, errant: members.get(key)?.gtidErrant ?? '' }] : [];
  });
  const unreached = replicas
    .filter((key) => !reached.some((one) => one.key === key))
    .map((key) => {
      const since = members.get(key)?.checks.unheardSince ?? null;
      return { key, isLongGone: since !== null && moments !== null && since <= moments.at };
    });
  const tail = tailIn(history());
  const weighed = weigh({ moments, reached, unreached, successor, donor, tail, now: clock.now() });
  const goesAhead = settings.withoutAcknowledger === 'promote-and-report' || request?.isForced === true;
  return goesAhead ? { ...weighed, hold: null } : weighed;
}
