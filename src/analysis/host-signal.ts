import { z } from 'zod';
import { spoken } from '../kernel/duration.ts';
import type { Instance } from '../topology/snapshot.ts';

/**
 * How a host stands by another system: `up`, it takes part; `lost`, it went without a word, and may still run; `fenced`, it was made
 * sure that it is off; `left`, it took its leave; `faulty`, it is there, and something that it depends on is not.
 */
const Standing = z.enum(['up', 'lost', 'fenced', 'left', 'faulty']);
export type HostStanding = z.infer<typeof Standing>;

/** What one other system says of a host, as it was read there. */
export const HostSignal = z.object({
  from: z.enum(['pacemaker', 'keepalived', 'heartbeat']),
  /** Its name in that system. */
  node: z.string(),
  says: Standing,
  /** Since when, in milliseconds since 1970; never later than Baton came to know of it. */
  at: z.number(),
  /** That system is about to make sure that it is off. */
  isFencing: z.boolean().default(false),
  /** One sentence. */
  because: z.string(),
});
export type HostSignal = z.infer<typeof HostSignal>;

/**
 * The word that proves that an instance takes no writes: its host was made sure to be off after anything was last heard of it. Null where
 * there is none; one that was heard of since was switched on again.
 */
export function proofOf(
  signals: readonly HostSignal[],
  { checks }: Pick<Instance, 'checks'>,
): HostSignal | null {
  return (
    signals.find(({ says, at }) => says === 'fenced' && at > Math.max(checks.heardAt, checks.seenAt)) ?? null
  );
}

/** Whether a system counts this host among the dead. That it takes part says nothing of what runs on it. */
export function isAgainst({ says }: HostSignal): boolean {
  return says === 'lost' || says === 'fenced';
}

/** In one clause: `pacemaker has made sure that node db1 is off, 2 s ago`. */
export function toldSignal({ from, node, says, at }: HostSignal, now: number): string {
  return `${standings[says](from, node)}, ${spoken(Math.max(0, now - at))} ago`;
}

const standings: Record<HostStanding, (from: string, node: string) => string> = {
  up: (from, node) => `${from} counts node ${node} in`,
  lost: (from, node) => `${from} has lost node ${node}`,
  fenced: (from, node) => `${from} has made sure that node ${node} is off`,
  left: (from, node) => `node ${node} has taken its leave of ${from}`,
  faulty: (from, node) => `${from} finds something wrong on node ${node}`,
};
