/** Messages in the order they came, for one reader that waits. */
export class Inbox<T> {
  readonly #waiting: T[] = [];
  #wake: (() => void) | null = null;

  put(message: T): void {
    this.#waiting.push(message);
    this.#wake?.();
  }

  /** The next message; rejects with the signal's reason when that comes first. */
  async next(signal: AbortSignal): Promise<T> {
    while (this.#waiting.length === 0) await this.#arrival(signal);
    // The loop above ends only when there is one.
    return this.#waiting.shift() as T;
  }

  #arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason);
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      this.#wake = () => {
        this.#wake = null;
        signal.removeEventListener('abort', stop);
        resolve();
      };
    });
  }
}
