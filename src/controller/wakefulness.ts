import type { Clock } from '../kernel/clock.ts';

/** How often the controller sees that it runs, and how late that may be on a busy machine. */
const beatMs = 250;
const lateMs = 500;

/**
 * Since when the controller has run without a break. One that stood still, as by SIGSTOP or on a machine that was
 * suspended, has seen nothing of what was in between, and what it hears first may be as old as that.
 */
export class Wakefulness {
  readonly #clock: Clock;
  #beatAt: number;
  #since: number;

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#beatAt = clock.now();
    this.#since = this.#beatAt;
    void this.#beat(signal);
  }

  /** In milliseconds since 1970. */
  get since(): number {
    // Whoever asks may be awake before the beat is.
    const now = this.#clock.now();
    if (now - this.#beatAt > beatMs + lateMs) this.#since = now;
    this.#beatAt = now;
    return this.#since;
  }

  async #beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(beatMs, signal).catch(() => {});
      void this.since;
    }
  }
}
