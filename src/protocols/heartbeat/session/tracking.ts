/** Packets may come in another order than they left; before this has passed nothing is missing. */
const patienceMs = 50;
const againMs = 250;
/** What is not there after so many requests never will be. */
const mostRequests = 20;
/** Of a gap that is greater the sender has forgotten the beginning. */
const mostMissing = 200;

/** Which messages of one start of a node have come. */
export class Tracking {
  readonly generation: number;
  #last: number;
  readonly #missing = new Map<number, { atMs: number; requests: number }>();

  /** The first message of which anything is known; those before it are not asked for. */
  constructor(generation: number, first: number) {
    this.generation = generation;
    this.#last = first;
  }

  get whole(): boolean {
    return this.#missing.size === 0;
  }

  /** Whether it is new: others have come before, over another link or again. */
  take(sequence: number, nowMs: number): boolean {
    if (sequence <= this.#last) return this.#missing.delete(sequence);
    for (let one = Math.max(this.#last + 1, sequence - mostMissing); one < sequence; one += 1)
      this.#missing.set(one, { atMs: nowMs + patienceMs, requests: 0 });
    this.#last = sequence;
    return true;
  }

  /** The sender does not have it any more. */
  give(sequence: number): boolean {
    return this.#missing.delete(sequence);
  }

  /** What is to be asked for now, and what nobody waits for any longer. */
  due(nowMs: number): { readonly ask: readonly number[]; readonly lost: readonly number[] } {
    const [ask, lost]: [number[], number[]] = [[], []];
    for (const [sequence, wait] of this.#missing) {
      if (wait.atMs > nowMs) continue;
      if (wait.requests >= mostRequests) lost.push(sequence);
      else if (ask.length < 10) {
        ask.push(sequence);
        wait.requests += 1;
        wait.atMs = nowMs + againMs;
      }
    }
    for (const sequence of lost) this.#missing.delete(sequence);
    return { ask, lost };
  }
}
