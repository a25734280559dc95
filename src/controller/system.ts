import { randomBytes } from 'node:crypto';
import { setTimeout as timeout } from 'node:timers/promises';
import type { Chance, Clock } from '../kernel/clock.ts';

/** This machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await timeout(milliseconds, undefined, { signal });
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  },
};

export const systemChance: Chance = {
  hex: (count) =>
    randomBytes(Math.ceil(count / 2))
      .toString('hex')
      .slice(0, count),
};
