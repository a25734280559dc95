import type { Message } from '../message.ts';

/** As many as the real daemon keeps (3.0.6). */
const most = 500;
/** A request comes once for each link; one answer is enough for all of them. */
const quietMs = 50;

/** What was sent, for those who missed it. */
export class History {
  readonly #sent = new Map<number, { readonly message: Message; againMs: number }>();

  keep(sequence: number, message: Message): void {
    this.#sent.set(sequence, { message, againMs: Number.NEGATIVE_INFINITY });
    this.#sent.delete(sequence - most);
  }

  /** The message; null where it is no longer known, `quiet` where it was sent again just now. */
  again(sequence: number, nowMs: number): Message | 'quiet' | null {
    const kept = this.#sent.get(sequence);
    if (kept === undefined) return null;
    if (nowMs - kept.againMs < quietMs) return 'quiet';
    kept.againMs = nowMs;
    return kept.message;
  }

  clear(): void {
    this.#sent.clear();
  }
}
