import type { Clock } from '../kernel/clock.ts';

/**
 * Lets only one run at a time run hooks for what it holds: a cluster. A hook that was told to end may
 * take seconds to go, and meanwhile its recovery may be over and another one of the same cluster begun.
 */
export class HookGuard {
  readonly #holders = new Map<string, Promise<void>>();

  /**
   * Waits for whoever is before us, at most so long; false where it still goes on then. `release` must
   * be called once where it was given.
   */
  async enter(
    held: string,
    within: { clock: Clock; ms: number; signal: AbortSignal },
  ): Promise<{ release: () => void } | null> {
    const until = within.clock.monotonic() + within.ms;
    for (let before = this.#holders.get(held); before !== undefined; before = this.#holders.get(held)) {
      const leftMs = until - within.clock.monotonic();
      if (leftMs <= 0) return null;
      const stop = new AbortController();
      const pause = within.clock.sleep(leftMs, AbortSignal.any([stop.signal, within.signal]));
      await Promise.race([before, pause]).finally(() => stop.abort(new Error('the guard is free')));
    }
    let release = () => {};
    const gone = new Promise<void>((resolve) => {
      release = () => {
        this.#holders.delete(held);
        resolve();
      };
    });
    this.#holders.set(held, gone);
    return { release };
  }
}
