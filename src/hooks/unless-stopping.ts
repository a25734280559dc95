import { setMaxListeners } from 'node:events';
import { Stopping } from '../engine/stopping.ts';

/**
 * Runs a hook, which an abort of the signal ends. Only a controller that stops does not end it: its
 * spawner goes on with the hook, the next life learns how it ended, and here nobody waits any longer.
 */
export function unlessStopping<Outcome>(
  signal: AbortSignal,
  run: (ends: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const ending = new AbortController();
  return new Promise((resolve, reject) => {
    const hear = () => {
      if (signal.reason instanceof Stopping) reject(signal.reason);
      else ending.abort(signal.reason);
    };
    if (signal.aborted) hear();
    else signal.addEventListener('abort', hear, { once: true });
    run(ending.signal)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', hear));
  });
}

/** For hooks that nobody waits for: leaving the state that started it is no reason to let go of it, stopping is. */
export function whenStopping(signal: AbortSignal): AbortSignal {
  const stop = new AbortController();
  // A stage may leave any number of hooks behind.
  setMaxListeners(0, stop.signal);
  const hear = () => {
    if (signal.reason instanceof Stopping) stop.abort(signal.reason);
  };
  if (signal.aborted) hear();
  else signal.addEventListener('abort', hear, { once: true });
  return stop.signal;
}
