import { BatonError } from '../kernel/errors.ts';
import { complaintsOf } from './complaint.ts';
import { readJsonObject } from './json.ts';
import { isRetired, type KeyName, keyNamed, keyNames, keys } from './keys.ts';
import { type Sentence, sentence } from './sentence.ts';
import { nearest } from './spelling.ts';

/** A key as one file gives it: parsed, and where. */
export interface Given {
  readonly name: KeyName;
  readonly value: unknown;
  readonly file: string;
  readonly line: number;
}

export interface ConfigText {
  readonly given: readonly Given[];
  readonly sentences: readonly Sentence[];
}

/** Reads one configuration file's text. Throws `config-not-json`; everything else wrong comes as sentences. */
export function readConfigText(file: string, text: string): ConfigText {
  const read = readJsonObject(text);
  if (!read.ok) {
    const { line, column, lineText, because } = read.fault;
    throw new BatonError(
      'config-not-json',
      `${file}, line ${line}, column ${column}: ${because}.${lineText === '' ? '' : `\n  ${lineText}`}`,
    );
  }
  const given: Given[] = [];
  const sentences: Sentence[] = [];
  const lines = new Map<string, number>();
  for (const { name: written, value, line } of read.members) {
    // A comment, or what tells an editor where the JSON Schema lies.
    if (written.startsWith('#') || written === '$schema') continue;
    const say = (found: Sentence) => sentences.push({ ...found, file, line });
    const earlier = lines.get(written.toLowerCase());
    if (earlier !== undefined)
      say(sentence('warning', written, `${written} was already given on line ${earlier}; this one holds.`));
    lines.set(written.toLowerCase(), line);
    const name = keyNamed(written);
    if (name === null) unknownKey(written, value).forEach(say);
    else if (value !== null) {
      const parsed = keys[name].schema.safeParse(value);
      if (parsed.success) given.push({ name, value: parsed.data, file, line });
      else complaintsOf(name, parsed.error.issues, value).forEach(say);
    }
  }
  if (read.trailingLine !== null)
    sentences.push({
      ...sentence('warning', null, 'What follows the closing } is not read.'),
      file,
      line: read.trailingLine,
    });
  return { given, sentences };
}

/** A hook list whose name is misspelt would silently never run, so it is an error; other unknown keys are not. */
function unknownKey(written: string, value: unknown): readonly Sentence[] {
  if (isRetired(written)) return [];
  const isStage = looksLikeStage(written, value);
  const meant = nearest(written, keyNames) ?? (isStage ? stageNearest(written) : null);
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  const text = isStage
    ? `${written} is not a list of hooks that Baton knows; it would never run.${hint}`
    : `${written} is not a key that Baton knows; it has no effect.${hint}`;
  return [sentence(isStage ? 'error' : 'warning', written, text)];
}

/** By what it is called, by what it is nearly called, or by a list in it under a name that begins as a stage's. */
function looksLikeStage(written: string, value: unknown): boolean {
  const meant = nearest(written, keyNames);
  if (/process(es)?$/i.test(written)) return true;
  if (meant !== null) return keys[meant as KeyName].kind === 'hooks';
  return Array.isArray(value) && /^(?:[Pp]re|[Pp]ost|[Oo]n)(?=[A-Z_])|[Hh]ooks?$/.test(written);
}

/** `PreFailover`, `PreFailoverHooks` and `PreFailoverScripts` are all short of one word. */
function stageNearest(written: string): string | null {
  const stem = written.replace(/(?:hooks?|scripts?|commands?|process)$/i, '');
  const stages = keyNames.filter((name) => keys[name].kind === 'hooks');
  const found = nearest(
    stem,
    stages.map((name) => name.replace(/Processes$/, '')),
  );
  return found === null ? null : `${found}Processes`;
}
