import { isDeepStrictEqual } from 'node:util';
import { type Config, type KeyName, keys } from './keys.ts';
import { type Sentence, sentence } from './sentence.ts';

/** What is said of keys that a file sets and that this version does not act on. */
export function unheededKeys(config: Config, given: readonly KeyName[]): readonly Sentence[] {
  const set = given.filter((name) => !isDeepStrictEqual(config[name], keys[name].fallback));
  const warnings = set.flatMap((name) => {
    const { standing } = keys[name];
    return standing.use === 'accepted' && standing.whenSet === 'warning'
      ? [sentence('warning', name, `${name} is not acted on by this version. ${standing.because}`)]
      : [];
  });
  const noted = set.filter((name) => {
    const { standing } = keys[name];
    return standing.use === 'accepted' && standing.whenSet === 'note';
  });
  const text = `Understood and not acted on by this version: ${noted.join(', ')}.`;
  return noted.length === 0 ? warnings : [...warnings, sentence('note', null, text)];
}
