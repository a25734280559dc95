import { escaped } from '../mark.ts';
import { hidden } from '../hidden.ts';

/** HTML that is ready to stand in a page. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

/** A piece of a page: whatever is put into it is text, but for what is HTML already. Secrets are hidden in all of it. */
export function html(words: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const [first = '', ...rest] = words;
  return new Html(first + rest.map((word, at) => written(parts[at] ?? '') + word).join(''));
}

/** Nothing where the condition does not hold. */
export function where(holds: boolean, piece: () => Html): Html {
  return holds ? piece() : new Html('');
}

function written(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escaped(hidden(String(part)));
}
