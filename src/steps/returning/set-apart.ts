import { isPersons } from '../../topology/lost.ts';
import type { Instance } from '../../topology/snapshot.ts';
import { isDowntimed } from '../../topology/snapshot.ts';

/** Why a person does not want an instance touched; null where nobody has said so. */
export function whySetApart(instance: Instance, now: number): string | null {
  const { key, downtime, inMaintenance } = instance;
  if (inMaintenance) return `${key} is in maintenance`;
  if (downtime === null || !isDowntimed(instance, now) || !isPersons(downtime)) return null;
  const until = new Date(downtime.until).toISOString();
  return `${key} is in downtime until ${until}, by ${downtime.owner}: ${downtime.reason}`;
}
