/** What a script-type value (`script`, `notify…`) runs: no shell looks at it. */
export interface Command {
  readonly argv: readonly string[];
  /** Null where it names nobody. */
  readonly owner: Owner | null;
  /** As it is written, which is how 1.2 hands it to a shell. */
  readonly text: string;
  readonly line: number;
}

/** Whom a script runs as: a user of the machine, in one group of its own or in the user’s first one. */
export interface Owner {
  readonly user: string;
  readonly group: string | null;
}

/**
 * The first word of the value is the command line, split again on blanks and quotes; then come user and group. Double
 * and single quotes group, a backslash escapes (within double quotes too, so twice in all); `$`, `*` and `;` mean nothing.
 */
export function commandOf(value: string, line: number): Command {
  const [text = '', ...owner] = quotedWords(value);
  return { argv: quotedWords(text), owner: ownerOf(owner), text, line };
}

export function ownerOf([user, group = null]: readonly (string | null)[]): Owner | null {
  return user === undefined || user === null ? null : { user, group };
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
};

function quotedWords(value: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < value.length; at += 1) {
    const char = value.charAt(at);
    // Within the other kind of quotes it belongs to the word, and is looked at when that is split.
    if (quote !== null && char === quote) quote = null;
    else if (quote === null && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (quote === null && /\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === '\\' && quote !== "'") {
      const { text, length } = escaped(value.slice(at + 1));
      word = (word ?? '') + text;
      at += length;
    } else word = (word ?? '') + char;
  }
  if (word !== null) words.push(word);
  return words;
}

/** What stands behind a backslash, and how long it is. */
function escaped(rest: string): { readonly text: string; readonly length: number } {
  const [hex] = /^x[0-9a-f]{1,2}/i.exec(rest) ?? [];
  if (hex !== undefined)
    return { text: String.fromCharCode(Number.parseInt(hex.slice(1), 16)), length: hex.length };
  const [octal] = /^[0-7]{1,3}/.exec(rest) ?? [];
  if (octal !== undefined)
    return { text: String.fromCharCode(Number.parseInt(octal, 8)), length: octal.length };
  if (/^c[A-Z]/i.test(rest))
    return { text: String.fromCharCode(rest.toUpperCase().charCodeAt(1) ^ 0x40), length: 2 };
  const char = rest.charAt(0);
  return { text: escapes[char] ?? char, length: char.length };
}
