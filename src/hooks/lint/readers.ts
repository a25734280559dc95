import { readerOf } from '../quoting/place.ts';
import { readersIn } from '../quoting/readers.ts';
import { judge, type RefusedPlace } from '../quoting/substitute.ts';
import { adviceFor } from './advice.ts';
import { type Remark, remark } from './finding.ts';
import { rewriteArguments } from './rewrite/arguments.ts';
import { rewriteSafely } from './rewrite/rewrite.ts';
import { type Check, hasPlaceholders, type Subject } from './subject.ts';
import { namesIn } from './syntax.ts';
import { ordinaryValues, worstValues } from './values.ts';

/** Placeholders where a value from outside could become code, so that the hook would be refused with one that is not plain. */
export const examineReaders: Check = (subject) => {
  const { action } = subject.hook;
  if (!hasPlaceholders(subject) || subject.request.substitution === 'literal') return [];
  if (action.kind === 'exec') return inArguments(action.argv);
  return subject.text === null ? [] : inCommand(subject, subject.text);
};

function inCommand({ ampersand }: Subject, text: string): readonly Remark[] {
  const everyDay = judge(text, ordinaryValues);
  // What cannot be followed is spoken of by itself.
  if (everyDay.reading.problem !== null) return [];
  const always = everyDay.refused.map(({ sentence }) => sentence);
  const names = new Set(everyDay.refused.map(({ place }) => place.name));
  const errors = [...new Set(always)].map((said) =>
    remark('error', `It would be refused on any day: ${said}.`),
  );
  const sometimes = judge(text, worstValues).refused.filter(({ place }) => !names.has(place.name));
  const rewritten = sometimes.length === 0 ? null : rewriteSafely(text, worstValues);
  const rewrite = rewritten === null ? null : `${rewritten}${ampersand}`;
  return [...errors, ...byReader(sometimes).map((group) => warning(group, rewrite))];
}

interface Group {
  /** Null where the place itself, and no second reader, forbids the value. */
  readonly who: string | null;
  readonly places: readonly RefusedPlace[];
}

function byReader(refused: readonly RefusedPlace[]): readonly Group[] {
  const groups = new Map<string | null, RefusedPlace[]>();
  for (const one of refused) {
    const who = readerOf(one.place)?.who ?? null;
    groups.set(who, [...(groups.get(who) ?? []), one]);
  }
  return [...groups].map(([who, places]) => ({ who, places }));
}

function warning({ who, places }: Group, rewrite: string | null): Remark {
  const names = [...new Set(places.map(({ place }) => place.name))];
  if (who === null) {
    const why = places[0]?.sentence.replace(/^.*?, and (?=it |the )/s, '') ?? '';
    return remark('warning', `${spelled(names)} is only accepted when it is plain: ${why}.`, rewrite);
  }
  return remark('warning', sentenceOf(who, names, rewrite !== null), rewrite);
}

function sentenceOf(who: string, names: readonly string[], hasRewrite: boolean): string {
  const advice = hasRewrite ? '' : ` ${adviceFor(who, variableOf(names[0] ?? ''))}`;
  // A name stands as it is; what is described instead begins a sentence.
  const subject = who.includes(' ') ? `${who.charAt(0).toUpperCase()}${who.slice(1)}` : who;
  return `${subject} reads ${spelled(names)} as part of a program, so the hook is refused when it is not plain: letters, digits and _ @ % + = : , . / - alone.${advice}`;
}

function inArguments(argv: readonly string[]): readonly Remark[] {
  const [reader] = readersIn(argv);
  const names = namesIn(argv.join(' ')).filter((name) => ordinaryValues.get(name)?.from === 'field');
  if (reader === undefined || names.length === 0) return [];
  const rewrite = rewriteArguments(argv, worstValues);
  return [remark('warning', sentenceOf(reader.who, names, rewrite !== null), rewrite)];
}

function spelled(names: readonly string[]): string {
  return names.map((name) => `{${name}}`).join(' and ');
}

function variableOf(name: string): string {
  return ordinaryValues.get(name)?.variable ?? '';
}
