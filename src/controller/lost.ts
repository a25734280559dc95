import type { InstanceKey } from '../kernel/instance-key.ts';
import { isReplicating } from '../topology/observation.ts';
import { type Downtime, type Instance, isCheckValid } from '../topology/snapshot.ts';
import type { LiveInventory } from './inventory.ts';

const reason = 'lost-in-recovery';
const lastsMs = 365 * 24 * 3_600_000;

/** What keeps a failed primary from being found dead over and over (orchestrator 3.2.6, sections 3.2 step 7 and 3.12). */
export function lostInRecovery(now: number): Downtime {
  return { owner: 'baton', reason, until: now + lastsMs };
}

export function isLost({ downtime }: Instance): boolean {
  return downtime?.reason === reason;
}

/** Such a downtime ends by itself when the instance replicates again. */
export function liftLostDowntimes(inventory: LiveInventory, keys: readonly InstanceKey[], now: number): void {
  for (const key of keys) {
    const instance = inventory.find(key);
    if (instance?.downtime == null) continue;
    const isBack = isLost(instance) && isCheckValid(instance) && isReplicating(instance.server);
    if (isBack || instance.downtime.until <= now) inventory.setDowntime(key, null);
  }
}
