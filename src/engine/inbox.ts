import { whenAborted } from '../kernel/when-aborted.ts';

/** Messages in the order they came, for one reader that waits. */
export class Inbox<T> {
  readonly #waiting: T[] = [];
  #wake: (() => void) | null = null;

  put(message: T): void {
    this.#waiting.push(message);
    this.#wake?.();
  }

  /** The oldest message; undefined where none waits. */
  take(): T | undefined {
    return this.#waiting.shift();
  }

  /** Resolves once a message waits, and leaves it there; rejects with the signal's reason when that comes first. */
  arrival(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length > 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const rise = whenAborted(signal, () => reject(signal.reason));
      this.#wake = () => {
        this.#wake = null;
        rise();
        resolve();
      };
    });
  }
}
