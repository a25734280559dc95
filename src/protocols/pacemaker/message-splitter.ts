import { BatonError } from '../../kernel/errors.ts';
import { usualBounds } from './xml.ts';

const end = '</notify>';

/**
 * Parts a stream into the messages that stand in it one after the other: each goes to the end tag of its root. What is
 * longer than a message may be is given away in pieces that nobody can read, so that it is told and forgotten.
 */
export class MessageSplitter {
  #rest = '';

  /** The messages that are whole now. */
  write(text: string): readonly string[] {
    // An end tag may be torn between two pieces.
    const from = Math.max(0, this.#rest.length - end.length);
    this.#rest += text;
    const messages: string[] = [];
    for (let at = this.#rest.indexOf(end, from); at >= 0; at = this.#rest.indexOf(end)) {
      messages.push(this.#rest.slice(0, at + end.length));
      this.#rest = this.#rest.slice(at + end.length);
    }
    if (this.#rest.length > usualBounds.characters) messages.push(this.#taken());
    return messages;
  }

  /** To be called when nothing more comes. Throws `message-unreadable` where a message was begun and not ended. */
  end(): void {
    if (this.#taken().trim() !== '')
      throw new BatonError(
        'message-unreadable',
        `A message of the CIB cannot be read: it was cut off before ${end}.`,
      );
  }

  #taken(): string {
    const rest = this.#rest;
    this.#rest = '';
    return rest;
  }
}
