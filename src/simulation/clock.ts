import type { Clock } from '../kernel/clock.ts';
import { whenAborted } from '../kernel/when-aborted.ts';

/** 1 January 2026, UTC: when every story begins unless it says otherwise. */
export const storyBegins = Date.UTC(2026, 0, 1);

/** For sleepers that nobody can wake early. */
export const undisturbed: AbortSignal = new AbortController().signal;

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Time that stands still until it is advanced. Sleepers wake in the order of their dates, and those of
 * one moment in the order in which they lay down; between two of them everything that can run by
 * itself has run, so a story told twice is told alike.
 */
export class VirtualClock implements Clock {
  #now: number;
  readonly #begins: number;
  readonly #sleepers: Sleeper[] = [];
  readonly #breathe: () => Promise<void>;

  /** `breathe` resolves when nothing more will run by itself. */
  constructor(breathe: () => Promise<void>, begins = storyBegins) {
    this.#breathe = breathe;
    this.#begins = begins;
    this.#now = begins;
  }

  /** When it was set going, in milliseconds since 1970. */
  get begins(): number {
    return this.#begins;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - this.#begins;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const rise = whenAborted(signal, () => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        reject(signal.reason);
      });
      const wake = () => {
        rise();
        resolve();
      };
      const sleeper = { at: this.#now + Math.max(0, milliseconds), wake };
      this.#lieDown(sleeper);
    });
  }

  /** Lets so much time pass, and all that it brings about. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    await this.#breathe();
    while (true) {
      const [next] = this.#sleepers;
      if (next === undefined || next.at > until) break;
      this.#sleepers.shift();
      this.#now = next.at;
      next.wake();
      await this.#breathe();
    }
    this.#now = until;
  }

  #lieDown(sleeper: Sleeper): void {
    const before = this.#sleepers.findLastIndex(({ at }) => at <= sleeper.at);
    this.#sleepers.splice(before + 1, 0, sleeper);
  }
}
