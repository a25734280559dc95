import type { Candidate } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Observation } from '../../topology/observation.ts';
import { type Instance, replicasAmong } from '../../topology/snapshot.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/**
 * Replicas of those of the failed primary's replicas that cannot be read either. What theirs had passed on before it was
 * gone, nobody else may have.
 */
export async function orphansOf(
  world: StepWorld,
  {
    failed,
    seen,
    members,
  }: { failed: InstanceKey; seen: readonly Observation[]; members: readonly Instance[] },
  signal: AbortSignal,
): Promise<{ readonly seen: readonly Observation[]; readonly candidates: readonly Candidate[] }> {
  const known = new Set([failed, ...seen.map(({ key }) => key)]);
  const below = seen
    .filter((one) => !wasRead(one))
    .flatMap(({ key }) => replicasAmong(members, key))
    .map(({ key }) => key)
    .filter((key) => !known.has(key));
  const looked = below.length === 0 ? [] : await lookAt(world, below, signal);
  const candidates = looked.filter(wasRead).flatMap(({ key, server }): Candidate[] => {
    const instance = members.find((one) => one.key === key);
    return instance === undefined || server.replication === null
      ? []
      : [{ instance, server, isOrphan: true }];
  });
  return {
    seen: looked.filter(({ key }) => candidates.some(({ instance }) => instance.key === key)),
    candidates,
  };
}
