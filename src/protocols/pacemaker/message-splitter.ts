import { BatonError } from '../../kernel/errors.ts';
import { usualBounds } from './xml.ts';

const end = '</notify>';

/**
 * Parts a stream into the messages that stand in it one after the other: each goes to the end tag of its root. Of what is
 * longer than a message may be the beginning is given away, which the reader refuses for its length, and the rest is let go.
 */
export class MessageSplitter {
  #pieces: string[] = [];
  #length = 0;
  /** The last characters, among which an end tag may have begun. */
  #tail = '';
  #lettingGo = false;

  /** The messages that are whole now. */
  write(text: string): readonly string[] {
    const messages: string[] = [];
    let rest = text;
    for (let to = this.#endIn(rest); to !== null; to = this.#endIn(rest)) {
      this.#keep(rest.slice(0, to));
      rest = rest.slice(to);
      if (!this.#lettingGo) messages.push(this.#pieces.join(''));
      this.#forget();
      this.#tail = '';
      this.#lettingGo = false;
    }
    this.#keep(rest);
    if (this.#length > usualBounds.characters) {
      messages.push(this.#pieces.join(''));
      this.#forget();
      this.#lettingGo = true;
    }
    return messages;
  }

  /** To be called when nothing more comes. Throws `message-unreadable` where a message was begun and not ended. */
  end(): void {
    if (this.#pieces.some((piece) => piece.trim() !== ''))
      throw new BatonError(
        'message-unreadable',
        `A message of the CIB cannot be read: it was cut off before ${end}.`,
      );
  }

  /** Where a message ends in what comes next. */
  #endIn(next: string): number | null {
    const at = (this.#tail + next).indexOf(end);
    return at < 0 ? null : at + end.length - this.#tail.length;
  }

  #keep(piece: string): void {
    this.#tail = (this.#tail + piece).slice(1 - end.length);
    if (this.#lettingGo || piece === '') return;
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  #forget(): void {
    this.#pieces = [];
    this.#length = 0;
  }
}
