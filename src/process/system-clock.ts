import type { Clock } from '../kernel/clock.ts';
import { longestTimerMs } from '../kernel/duration.ts';
import { whenAborted } from '../kernel/when-aborted.ts';

/** This machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      let timer: NodeJS.Timeout;
      const rise = whenAborted(signal, () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
      const wait = (left: number) => {
        const now = Math.min(left, longestTimerMs);
        timer = setTimeout(() => {
          if (left > now) return wait(left - now);
          rise();
          resolve();
        }, now);
      };
      wait(milliseconds);
    }),
};
