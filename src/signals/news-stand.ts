import type { SignalNews, Signals } from '../engine/ports.ts';

type Heard = Parameters<Signals['heed']>[0];

/** News that waits for somebody to listen, and what is then called with whether it is on record. */
interface Unheard {
  readonly news: SignalNews;
  readonly tell: (onRecord: Promise<boolean>) => void;
}

/** So much is kept for whoever comes to listen. */
const mostUnheard = 1_000;

/** Who listens to news of hosts, and what came before anybody did. */
export class NewsStand {
  readonly #listeners = new Set<Heard>();
  #unheard: Unheard[] = [];

  heed(heard: Heard, signal: AbortSignal): void {
    this.#listeners.add(heard);
    signal.addEventListener('abort', () => this.#listeners.delete(heard), { once: true });
    const unheard = this.#unheard;
    this.#unheard = [];
    for (const { news, tell } of unheard) tell(heard(news));
  }

  /** Resolves with whether it is on record; not before somebody listens. */
  async tell(news: SignalNews): Promise<boolean> {
    if (this.#listeners.size > 0) {
      const kept = await Promise.all([...this.#listeners].map((heard) => heard(news)));
      return kept.every(Boolean);
    }
    if (this.#unheard.length >= mostUnheard) return false;
    return new Promise((tell) => this.#unheard.push({ news, tell }));
  }
}
