import { SaxesParser } from 'saxes';
import { BatonError, messageOf } from '../../kernel/errors.ts';

/** An element's attributes by name, as they stand after the five predefined entities. Has no prototype. */
export type Attributes = Readonly<Record<string, string>>;

export interface XmlEars {
  opened(name: string, attributes: Attributes): void;
  closed(name: string): void;
}

/** How much of an XML text is read before it is refused. */
export interface XmlBounds {
  readonly characters: number;
  /** Elements within each other. */
  readonly depth: number;
  /** Attributes of one element. */
  readonly attributes: number;
}

/** A CIB of thousands of resources is a few million characters, ten elements deep, with some 25 attributes each. */
export const usualBounds: XmlBounds = { characters: 16 * 2 ** 20, depth: 100, attributes: 200 };

/** What a parser says of a tag may quote the whole of it. */
const quotedCharacters = 300;

/**
 * Reads XML that drives fencing, piece by piece: elements and attributes only. A document type is refused, and with it
 * every entity but XML's own five; so is whatever goes beyond the bounds. Throws BatonError `message-unreadable`, and
 * says the same again to whoever goes on writing.
 */
export class XmlReader {
  readonly #ears: XmlEars;
  readonly #bounds: XmlBounds;
  readonly #parser = new SaxesParser();
  #characters = 0;
  #depth = 0;
  #attributes = 0;
  #failure: BatonError | null = null;

  constructor(ears: XmlEars, bounds: XmlBounds) {
    this.#ears = ears;
    this.#bounds = bounds;
    this.#parser.on('doctype', () => refuse('it brings a document type, which no message of a CIB has'));
    this.#parser.on('opentagstart', () => {
      this.#attributes = 0;
    });
    this.#parser.on('attribute', () => this.#countAttribute());
    this.#parser.on('opentag', ({ name, attributes }) => this.#open(name, attributes));
    this.#parser.on('closetag', ({ name }) => {
      this.#depth -= 1;
      ears.closed(name);
    });
  }

  write(text: string): void {
    this.#characters += text.length;
    this.#guarded(() => {
      const { characters } = this.#bounds;
      if (this.#characters > characters) refuse(`it is longer than ${characters} characters`);
      this.#parser.write(text);
    });
  }

  /** Call it after the last piece: what was cut off is told by this. */
  end(): void {
    this.#guarded(() => this.#parser.close());
  }

  #guarded(read: () => void): void {
    if (this.#failure !== null) throw this.#failure;
    try {
      read();
    } catch (error) {
      this.#failure = unreadable(messageOf(error).slice(0, quotedCharacters), error);
      throw this.#failure;
    }
  }

  #countAttribute(): void {
    this.#attributes += 1;
    const { attributes } = this.#bounds;
    if (this.#attributes > attributes) refuse(`an element has more than ${attributes} attributes`);
  }

  #open(name: string, attributes: Attributes): void {
    this.#depth += 1;
    const { depth } = this.#bounds;
    if (this.#depth > depth) refuse(`its elements are more than ${depth} deep`);
    this.#ears.opened(name, attributes);
  }
}

/** Ends the reading; `because` goes on after "cannot be read:". */
export function refuse(because: string): never {
  throw new Error(because);
}

function unreadable(because: string, cause: unknown): BatonError {
  return new BatonError('message-unreadable', `A message of the CIB cannot be read: ${because}.`, { cause });
}
