import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';
import { isReplicating, type Server } from '../topology/observation.ts';
import { type Instance, promotionRules } from '../topology/snapshot.ts';

/** One thing to be done on one server so that semi-sync is as it should be. */
export interface SemiSyncChange {
  readonly instance: InstanceKey;
  /** `again`: it is switched on and does not take part before it connects anew. */
  readonly to: 'on' | 'off' | 'again';
  readonly because: string;
}

/** As it was read just now. */
type Replica = Instance & { readonly server: Server };

/**
 * What makes the number of semi-sync replicas right (orchestrator 3.2.6, section 3.7): `exact` has the first of them
 * take part, as many as the primary waits for, and no others; `enough` only adds as many as are missing. Those with
 * the priority 0 never take part (DetectSemiSyncEnforcedQuery). First all that is switched on, then what is switched off.
 */
export function planSemiSync(
  { semiSync }: Pick<Server, 'semiSync'>,
  replicas: readonly Replica[],
  mode: 'exact' | 'enough',
): readonly SemiSyncChange[] {
  const able = replicas.filter(({ server }) => isReplicating(server));
  const willing = able.filter((one) => priorityOf(one) > 0).toSorted(byPreference);
  const wanted = semiSync.waitForReplicas;
  if (mode === 'enough') {
    const idle = willing.filter(({ server }) => !takesPart(server));
    return idle.slice(0, Math.max(0, wanted - semiSync.clients)).map(switchedOn);
  }
  const chosen = willing.slice(0, wanted);
  const others = able.filter((one) => !chosen.includes(one) && one.server.semiSync.replicaEnabled);
  return [
    ...chosen.filter(({ server }) => !takesPart(server)).map(switchedOn),
    ...others.map((one): SemiSyncChange => ({ instance: one.key, to: 'off', because: whyOff(one, wanted) })),
  ];
}

function switchedOn({ key, server, semiSyncPriority }: Replica): SemiSyncChange {
  const rank = semiSyncPriority === null ? '' : ` with priority ${semiSyncPriority}`;
  return server.semiSync.replicaEnabled
    ? { instance: key, to: 'again', because: `${key} is switched on and does not take part yet` }
    : { instance: key, to: 'on', because: `${key} replicates and comes next${rank}` };
}

function whyOff(one: Replica, wanted: number): string {
  return priorityOf(one) === 0
    ? `${one.key} has the priority 0, so it never takes part`
    : `${one.key} comes after the ${wanted} that the primary waits for`;
}

function takesPart({ semiSync }: Server): boolean {
  return semiSync.replicaEnabled && semiSync.replicaStatus;
}

/** Where nobody has configured priorities, any replica may take part. */
function priorityOf({ semiSyncPriority }: Replica): number {
  return semiSyncPriority ?? 1;
}

/** A higher priority, a better promotion rule; then one that takes part already, for that changes least; then the key. */
function byPreference(a: Replica, b: Replica): number {
  return (
    priorityOf(b) - priorityOf(a) ||
    promotionRules.indexOf(a.promotionRule) - promotionRules.indexOf(b.promotionRule) ||
    Number(takesPart(b.server)) - Number(takesPart(a.server)) ||
    compareKeys(a.key, b.key)
  );
}
