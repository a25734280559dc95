import type { Teller } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import { writeWhole } from './whole-file.ts';

/** A lease of three seconds outlives two that were missed. */
const everyMs = 1_000;

/**
 * Writes the time, in seconds since 1970, into the lease of each server again and again, for as long as this controller has the right
 * to act. A server whose lease is not renewed gives its address up by itself (`baton vrrp config --lease`): nobody
 * could take it from there. Never rejects; what cannot be written is said once.
 */
export async function renewLeases(
  files: readonly string[],
  how: { leads: () => boolean; clock: Clock; teller: Teller },
  signal: AbortSignal,
): Promise<void> {
  const { leads, clock, teller } = how;
  const faults = new Map<string, string>();
  const renew = async (file: string) => {
    try {
      await writeWhole(file, `${Math.floor(clock.now() / 1_000)}\n`);
      faults.delete(file);
    } catch (error) {
      const because = messageOf(error);
      if (!faults.has(file))
        teller.warn(`the lease ${file} is not renewed, and its address is given up soon: ${because}`, {});
      faults.set(file, because);
    }
  };
  while (!signal.aborted && files.length > 0) {
    if (leads()) await Promise.all(files.map(renew));
    await clock.sleep(everyMs, signal).catch(() => {});
  }
}
