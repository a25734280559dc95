import type { Chance } from '../kernel/clock.ts';

/** Chance that a seed repeats: mulberry32, of which 32 bits of state are enough for a story. */
export class SeededChance implements Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  hex(count: number): string {
    let digits = '';
    while (digits.length < count) digits += this.#next().toString(16).padStart(8, '0');
    return digits.slice(0, count);
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return this.#next() % limit;
  }

  /** True in `percent` cases of a hundred. */
  happens(percent: number): boolean {
    return this.below(100) < percent;
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}
