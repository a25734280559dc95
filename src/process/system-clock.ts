import { setTimeout as timeout } from 'node:timers/promises';
import type { Clock } from '../kernel/clock.ts';
import { longestTimerMs } from '../kernel/duration.ts';

/** This machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    try {
      let left = milliseconds;
      for (; left > longestTimerMs; left -= longestTimerMs)
        await timeout(longestTimerMs, undefined, { signal });
      await timeout(left, undefined, { signal });
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  },
};
