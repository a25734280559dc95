import type { Clock } from '../kernel/clock.ts';
import { spoken } from '../kernel/duration.ts';

/** Gives something so many milliseconds, then aborts it and throws. The signal ends it too. */
export async function within<T>(
  ms: number,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
  what: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const until = AbortSignal.any([signal, stop.signal]);
  const late = clock.sleep(ms, until).then(() => {
    throw new Error(`no answer came within ${spoken(ms)}`);
  });
  try {
    return await Promise.race([what(until), late]);
  } finally {
    stop.abort(new Error('it was answered, or is not waited for any longer'));
  }
}
