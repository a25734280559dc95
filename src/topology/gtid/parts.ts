import { BatonError } from '../../kernel/errors.ts';

/** One piece of a text between two separators, without the white space around it. */
export interface Part {
  readonly text: string;
  /** Nothing follows it, so it is what remains where the text was cut off. */
  readonly isLast: boolean;
}

/** The pieces of a text one at a time, so that a text of megabytes is never copied as a whole. */
export function* partsOf(text: string, separator: ',' | ':'): Generator<Part> {
  for (let from = 0; from <= text.length; ) {
    const found = text.indexOf(separator, from);
    const to = found < 0 ? text.length : found;
    yield { text: text.slice(from, to).trim(), isLast: found < 0 };
    from = to + 1;
  }
}

/** As much of a malformed item as a sentence can bear. */
const shownLength = 80;

/** `why` is a sentence about the item, or about what it should look like. */
export function unreadableGtid(item: string, why: string, isLast: boolean): BatonError {
  const cut = isLast ? ' It is the end of the set, which may have been cut off.' : '';
  return new BatonError('gtid-unreadable', `"${shown(item)}" is no GTID: ${why}${cut}`);
}

export function shown(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
