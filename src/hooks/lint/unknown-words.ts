import { nearest } from '../../config/spelling.ts';
import { type Place, readerOf } from '../quoting/place.ts';
import { readCommand } from '../quoting/read-command.ts';
import { readersIn } from '../quoting/readers.ts';
import { words } from '../words.ts';
import { type Remark, remark } from './finding.ts';
import { type Check, hasPlaceholders, type Subject } from './subject.ts';
import { ordinaryValues } from './values.ts';

const known = [...ordinaryValues.keys()];
/** `{word}`, unless what stands around it makes something else of it: `${word}`, `%{word}`, `{{word}}`, `{word}>file`. */
const candidate = /(?<![$%#@{\\])\{([A-Za-z]\w*)\}(?![}<>])/g;

/** Words in braces that are no placeholders, and stay in the command as they are. */
export const examineWords: Check = (subject) => {
  const { action } = subject.hook;
  if (!hasPlaceholders(subject)) return [];
  if (action.kind === 'exec') return inArguments(subject, action.argv);
  return subject.text === null ? [] : inCommand(subject, subject.text);
};

function inCommand(subject: Subject, text: string): readonly Remark[] {
  const names = unknownIn(text);
  if (names.length === 0) return [];
  const { places, problem } = readCommand(text, new Set([...known, ...names]));
  return names.flatMap((name) => {
    const own = places.filter((place) => place.name === name && isCandidate(text, place));
    const plain = own.filter((place) => !mayBeCode(place));
    const meant = meantBy(name);
    const [first] = plain;
    if (own.length === 0 || (first === undefined && meant === null)) return [];
    const isSure = first !== undefined && problem === null;
    return [remarkOn(subject, name, { meant, isSure, asText: first === undefined ? null : asText(first) })];
  });
}

/** There is no shell, and so no quotes that could make mere text of a word in braces. */
function inArguments(subject: Subject, argv: readonly string[]): readonly Remark[] {
  const isSure = readersIn(argv).length === 0;
  return [...new Set(argv.flatMap(unknownIn))].flatMap((name) => {
    const meant = meantBy(name);
    return isSure || meant !== null ? [remarkOn(subject, name, { meant, isSure, asText: null })] : [];
  });
}

interface Judged {
  /** The placeholder that was probably meant; null for none. */
  readonly meant: string | null;
  /** It is no code of another language's, as far as can be seen. */
  readonly isSure: boolean;
  /** How it is written to be mere text; null where there is no way that holds everywhere. */
  readonly asText: string | null;
}

function remarkOn(subject: Subject, name: string, { meant, isSure, asText }: Judged): Remark {
  const strict = subject.request.compatibility === 'strict';
  const isError = isSure && (meant !== null || !strict);
  const way =
    asText === null
      ? 'only a Command or a script can say it as text'
      : `if it is meant as text, write ${asText}`;
  const hint = meant === null ? `, and stays as it is; ${way}.` : `; did you mean {${meant}}?`;
  const rewrite = meant === null ? null : respelled(subject, name, meant);
  return remark(isError ? 'error' : 'warning', `{${name}} is no placeholder${hint}`, rewrite);
}

function unknownIn(text: string): readonly string[] {
  const names = [...text.matchAll(candidate)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => !known.includes(name));
}

function isCandidate(text: string, { from, to, context }: Place): boolean {
  const around = text.slice(Math.max(0, from - 1), to + 1);
  return context !== 'comment' && around.search(candidate) >= 0;
}

/** Another language may have words in braces of its own, and so may a text that the shell leaves alone. */
function mayBeCode(place: Place): boolean {
  return place.context === 'quoted-here-document' || readerOf(place) !== null;
}

/** A placeholder that is spelt much like it, or the one whose variable it names. */
function meantBy(name: string): string | null {
  const named = words.find(({ variable }) => variable === name)?.placeholders[0];
  return named ?? nearest(name, known);
}

function asText({ name, context }: Place): string {
  if (context === 'here-document') return `{$()${name}}`;
  return context === 'single' ? `{''${name}}` : `{""${name}}`;
}

function respelled({ hook }: Subject, name: string, meant: string): string {
  const { action } = hook;
  const written = (text: string) => text.replaceAll(`{${name}}`, `{${meant}}`);
  if (action.kind === 'exec') return JSON.stringify(action.argv.map(written));
  return action.kind === 'shell' ? written(action.command) : '';
}
