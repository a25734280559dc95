import { spoken } from '../kernel/duration.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Teller } from '../engine/ports.ts';

/** Service managers kill after 90 seconds, and what is not done by then another start continues anyway. */
export const leavesWithinMs = 10_000;

/**
 * Waits for a controller that stops, but not for ever: a disk, an etcd or a server that hangs keeps nobody from
 * leaving, for all that was begun is in the journal and goes on at the next start. Whether it stopped in time.
 */
export async function stoppedInTime(
  stop: () => Promise<void>,
  { clock, teller }: { clock: Clock; teller: Teller },
): Promise<boolean> {
  const late = new AbortController();
  const stopped = stop().then(() => true);
  const time = clock.sleep(leavesWithinMs, late.signal).then(
    () => false,
    () => true,
  );
  try {
    if (await Promise.race([stopped, time])) return await stopped;
    const because = `something does not end within ${spoken(leavesWithinMs)}`;
    teller.warn(`${because}; leaving all the same, to continue at the next start`, {});
    stopped.catch(() => {});
    return false;
  } finally {
    late.abort(new Error('it has stopped'));
  }
}
