import { BatonError } from '../kernel/errors.ts';
import { asWritten, type InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import type { LiveInventory } from './inventory.ts';
import { didYouMean } from './port-alone.ts';

/** The instance that a person means, by host:port or a host alone. Throws `usage` and `instance-unknown`. */
export function instanceMeant(
  wanted: string,
  { inventory, defaultPort }: { inventory: LiveInventory; defaultPort: number },
): InstanceKey {
  const key = parseInstanceKey(wanted, defaultPort);
  if (key === null) throw new BatonError('usage', `${asWritten(wanted)} is no host:port`);
  const found = inventory.find(key);
  if (found !== null) return found.key;
  const hint = didYouMean(wanted, inventory.keys);
  throw new BatonError(
    'instance-unknown',
    `no instance that is watched is called ${asWritten(wanted)}${hint}`,
  );
}
