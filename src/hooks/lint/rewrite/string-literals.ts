import type { Values } from '../../quoting/substitute.ts';
import { edited } from './edit.ts';

/** How a language writes what is needed to take a value from the environment where a string stood. */
export interface Language {
  /** Strings on one line, and any other text that certainly holds none; what fits neither is not followed. */
  readonly tokens: RegExp;
  /** Goes between two strings to make them one. */
  readonly join: string;
  /** Makes one expression of what was joined. */
  readonly wrap: (expression: string) => string;
  readonly variable: (name: string) => string;
  /** What may stand before and behind a string that becomes an expression. */
  readonly before: RegExp;
  readonly after: RegExp;
  /** What a program must not have in it: ways to run what a string says. */
  readonly never: RegExp;
}

/**
 * A program in which each string with a value from outside has become an expression that reads the
 * value's variable; null where that is not certain.
 */
export function rewriteStrings(program: string, values: Values, language: Language): string | null {
  const strings = stringsIn(program, language);
  if (strings === null || language.never.test(program)) return null;
  const edits = [];
  for (const { from, to } of strings) {
    const text = expressionOf(program.slice(from, to), values, language);
    if (text === null) return null;
    if (text === program.slice(from, to)) continue;
    const fits = language.before.test(program.slice(0, from)) && language.after.test(program.slice(to));
    if (!fits) return null;
    edits.push({ from, to, text: language.wrap(text) });
  }
  return edited(program, edits);
}

function stringsIn(
  program: string,
  { tokens }: Language,
): readonly { readonly from: number; readonly to: number }[] | null {
  const strings = [];
  for (let at = 0; at < program.length; at = tokens.lastIndex) {
    tokens.lastIndex = at;
    const found = tokens.exec(program);
    if (found === null || found[0] === '') return null;
    if (/^["']/.test(found[0])) strings.push({ from: at, to: tokens.lastIndex });
  }
  return strings;
}

/** The string as it is where no value from outside stands in it. */
function expressionOf(string: string, values: Values, { join, variable }: Language): string | null {
  const quote = string[0] ?? '';
  let made = '';
  for (const piece of string.split(/(\{[A-Za-z]+\})/)) {
    const value = values.get(piece.slice(1, -1));
    if (value?.from !== 'field' || !piece.startsWith('{')) made += piece;
    else if (value.variable === null || /[\\$@#%{]$/.test(made)) return null;
    else made += `${quote}${join}${variable(value.variable)}${join}${quote}`;
  }
  // The first piece stays, even empty: it makes a string of whatever follows.
  return made.endsWith(join + quote + quote) ? made.slice(0, -(join.length + 2)) : made;
}
