import type { z } from 'zod';
import { faultsOf } from './hook-complaint.ts';
import { type KeyName, keys } from './keys.ts';
import { type Sentence, sentence } from './sentence.ts';
import { nearest } from './spelling.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with a key's value, in words: which key, what was found, what is wanted and what the key means. */
export function complaintsOf(name: KeyName, issues: readonly Issue[], value: unknown): readonly Sentence[] {
  const { wants, means, kind } = keys[name];
  const say = (path: readonly PropertyKey[], words: string) =>
    sentence('error', name, `${name}${pathOf(path)} ${words}. It means: ${means}`);
  if (kind === 'hooks' && Array.isArray(value)) {
    return value.flatMap((entry, index) =>
      faultsOf(entry).map(({ path, words }) => say([index, ...path], words)),
    );
  }
  return issues.map((issue) => {
    if (issue.path.length > 0 || issue.code === 'custom') return say(issue.path, wordsOf(issue));
    // A hook may hold a secret where none should be.
    const found = kind === 'secret' || kind === 'hooks' ? sortOf(value) : shown(value);
    return say([], `wants ${wants}; found ${found}`);
  });
}

function wordsOf(issue: Issue): string {
  if (issue.code === 'invalid_union') return 'is not one that is known';
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const [key = ''] = issue.keys;
  const meant = nearest(key, ['Kind', 'Endpoints']);
  return `has ${key}, which is not known${meant === null ? '' : ` (did you mean ${meant}?)`}`;
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
