import type { Clock } from '../kernel/clock.ts';
import { spoken } from '../kernel/duration.ts';

/** What is left of the time of one stage, in this life of the controller. Waiting for a person does not count. */
export class StageTime {
  readonly #clock: Clock;
  readonly #wholeMs: number;
  #until: number;

  constructor(clock: Clock, wholeMs: number) {
    this.#clock = clock;
    this.#wholeMs = wholeMs;
    this.#until = clock.monotonic() + wholeMs;
  }

  isOver(): boolean {
    return this.#clock.monotonic() >= this.#until;
  }

  /** Why nothing more may be started; null while there is time. */
  whyOver(): string | null {
    return this.isOver() ? `the time of its stage, ${spoken(this.#wholeMs)}, is over` : null;
  }

  /** A hook's own timeout, or what is left to the stage where that is less. */
  bounded(timeoutMs: number | null): number {
    const left = Math.max(0, Math.ceil(this.#until - this.#clock.monotonic()));
    return timeoutMs === null ? left : Math.min(timeoutMs, left);
  }

  async paused<T>(waiting: () => Promise<T>): Promise<T> {
    const from = this.#clock.monotonic();
    try {
      return await waiting();
    } finally {
      this.#until += this.#clock.monotonic() - from;
    }
  }
}
