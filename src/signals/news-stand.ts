import type { SignalNews } from '../engine/ports.ts';

/** So much is kept for whoever comes to listen. */
const mostUnheard = 1_000;

/** Who listens to news of hosts, and what came before anybody did. */
export class NewsStand {
  readonly #listeners = new Set<(news: SignalNews) => void>();
  #unheard: SignalNews[] = [];

  heed(heard: (news: SignalNews) => void, signal: AbortSignal): void {
    this.#listeners.add(heard);
    signal.addEventListener('abort', () => this.#listeners.delete(heard), { once: true });
    const unheard = this.#unheard;
    this.#unheard = [];
    for (const news of unheard) heard(news);
  }

  tell(news: SignalNews): void {
    if (this.#listeners.size === 0 && this.#unheard.length < mostUnheard) this.#unheard.push(news);
    for (const heard of this.#listeners) heard(news);
  }
}
