import type { Signal } from './signals.ts';

/** Within this time two nodes that tell of the same change of a third mean one change. */
const changeMs = 10_000;
/** A fencing's reference never names another one, so it is only forgotten. */
const rememberedMs = 3_600_000;

/**
 * Knows which signals were told before: node and fencing alerts come from every surviving member. A fencing is known by
 * its reference wherever it was told, a change of a node by what it became and when; resources and attributes are told
 * by one node only.
 */
export class ToldBefore {
  /** When each was last told, in milliseconds since 1970. */
  readonly #last = new Map<string, number>();

  /** `now`: when it came to us, for what does not say when it was. */
  isRepeated(signal: Signal, now: number): boolean {
    const name = nameOf(signal);
    if (name === null) return false;
    const at = signal.at ?? now;
    const last = this.#last.get(name);
    this.#last.set(name, at);
    this.#forget(now);
    return last !== undefined && Math.abs(at - last) <= (signal.kind === 'node' ? changeMs : rememberedMs);
  }

  #forget(now: number): void {
    for (const [name, at] of this.#last) if (now - at > rememberedMs) this.#last.delete(name);
  }
}

function nameOf(signal: Signal): string | null {
  if (signal.kind === 'node') return JSON.stringify(['node', signal.node, signal.state]);
  if (signal.kind === 'fencing' && signal.reference !== null)
    return JSON.stringify(['fencing', signal.reference]);
  return null;
}

/** Before or after: by when they were, then by their count, then as they came. */
export function bySequence(a: Signal, b: Signal): number {
  if (a.at !== null && b.at !== null && a.at !== b.at) return a.at - b.at;
  return a.sequence !== null && b.sequence !== null ? a.sequence - b.sequence : 0;
}
