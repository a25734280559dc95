import { InvalidArgumentError } from 'commander';

/** Collects the ID=FILE of an option that may be given again. */
export function named(
  word: string,
  before: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const [, id = '', file = ''] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (id === '') throw new InvalidArgumentError('It wants ID=FILE.');
  return { ...before, [id]: file };
}
