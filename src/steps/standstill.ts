import type { Clock } from '../kernel/clock.ts';

/** Tells one that goes on from one that stands still, by how far it is at each look. */
export class Standstill {
  readonly #clock: Clock;
  readonly #afterMs: number;
  #at: bigint | string | null = null;
  #since: number;

  constructor(clock: Clock, afterMs: number) {
    this.#clock = clock;
    this.#afterMs = afterMs;
    this.#since = clock.monotonic();
  }

  /** It is as far as at the looks before, for longer than it may be. */
  isReached(at: bigint | string): boolean {
    const now = this.#clock.monotonic();
    if (at === this.#at) return now - this.#since > this.#afterMs;
    this.#at = at;
    this.#since = now;
    return false;
  }
}
