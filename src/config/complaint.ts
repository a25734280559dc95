import type { z } from 'zod';
import { type KeyName, keys } from './keys.ts';
import { type Sentence, sentence } from './sentence.ts';
import { nearest } from './spelling.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with a key's value, in words: which key, what was found, what is wanted and what the key means. */
export function complaintsOf(name: KeyName, issues: readonly Issue[], value: unknown): readonly Sentence[] {
  const { wants, means, kind } = keys[name];
  return issues.flatMap(innermost).map((issue) => {
    if (issue.path.length === 0 && issue.code !== 'custom') {
      const found = kind === 'secret' ? sortOf(value) : shown(value);
      return sentence('error', name, `${name} wants ${wants}; found ${found}. It means: ${means}`);
    }
    return sentence('error', name, `${name}${pathOf(issue.path)} ${wordsOf(issue)}. It means: ${means}`);
  });
}

/** Of a choice between shapes, the complaints of the shape that was meant: the one whose own type fits. */
function innermost(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((branch) => branch.every(isWithin));
  if (meant === undefined) return [issue];
  return meant.flatMap(innermost).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function isWithin(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code !== 'invalid_type';
}

function wordsOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const meant = nearest(key, [
      'Command',
      'TimeoutSeconds',
      'OnFailure',
      'OnResume',
      'Retries',
      'Endpoints',
    ]);
    return `has ${key}, which is not known${meant === null ? '' : ` (did you mean ${meant}?)`}`;
  }
  if (issue.code === 'invalid_union') return 'wants a command in double quotes, or an object with Command';
  return issue.message;
}

/** As a person counts: `[2]` is the second of a list. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`)).join('');
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function sortOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
