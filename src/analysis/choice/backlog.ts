import { countGtid } from '../../topology/gtid/arithmetic.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import { compareCoordinates, type Coordinates, coordinatesText } from '../../topology/coordinates.ts';
import type { Server } from '../../topology/observation.ts';
import { unapplied } from './candidates.ts';

/** What a server has received and has yet to apply. */
export interface Backlog {
  /** Transactions by GTID, bytes of the source's log by coordinates; 0 for nothing. */
  readonly left: bigint;
  /** `3 transactions`, `what stands from bin.000007:4 to bin.000007:812`. */
  readonly words: string;
  /** By their GTIDs, or as file:position to file:position. */
  readonly text: string;
}

/** How far a replica without GTID has got in the log of its source. */
export interface Reach {
  readonly received: Coordinates;
  readonly applied: Coordinates;
}

/** Null where it goes by GTID, follows nobody, or does not say. */
export function reachOf({ replication }: Server): Reach | null {
  if (replication?.position !== 'coordinates') return null;
  const { readCoordinates: received, execCoordinates: applied } = replication;
  return received === null || applied === null ? null : { received, applied };
}

/** Throws `gtid-unreadable` where what it says is no GTID set. */
export function backlogOf(server: Server): Backlog {
  const reach = reachOf(server);
  if (reach === null) {
    const waiting = unapplied(server);
    const left = countGtid(waiting);
    return { left, words: left === 1n ? '1 transaction' : `${left} transactions`, text: gtidText(waiting) };
  }
  const text = `${coordinatesText(reach.applied)} to ${coordinatesText(reach.received)}`;
  return { left: bytesLeft(reach), words: `what stands from ${text}`, text };
}

/** Across files nobody knows how much there is; that there is something, and whether it changes, is enough. */
function bytesLeft({ received, applied }: Reach): bigint {
  if (compareCoordinates(applied, received) >= 0) return 0n;
  if (applied.file === received.file) return BigInt(received.position - applied.position);
  return BigInt(received.position) + BigInt(Number.MAX_SAFE_INTEGER - applied.position);
}
