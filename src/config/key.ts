import { z } from 'zod';
import { type ConfiguredHook, HookList } from './hook.ts';

/**
 * What this version does with a key: acts on it, or accepts it and says why nothing comes of it.
 * `whenSet` is what is said when the file sets it to something else than its default.
 */
export type Standing =
  | { readonly use: 'used' }
  /** Another key takes its value over. */
  | { readonly use: 'mapped'; readonly to: string }
  | {
      readonly use: 'accepted';
      readonly because: string;
      readonly whenSet: 'silence' | 'note' | 'warning';
    };

export const used: Standing = { use: 'used' };

export function mapped(to: string): Standing {
  return { use: 'mapped', to };
}

/** There is nothing for the key to do in Baton. */
export function needless(because: string): Standing {
  return { use: 'accepted', because, whenSet: 'silence' };
}

/** Baton will act on the key later; until then a recovery is as safe as with it. */
export function notYet(because: string): Standing {
  return { use: 'accepted', because, whenSet: 'note' };
}

/** The operator relies on the key for safety or access, and Baton does not act on it yet. */
export function missed(because: string): Standing {
  return { use: 'accepted', because, whenSet: 'warning' };
}

/** What sort of value a key has, where more than its type must be known. */
type Kind = 'plain' | 'secret' | 'choice' | 'hooks' | 'pattern' | 'patterns' | 'clusterFilters' | 'aliases';

/** One key of the configuration file. `wants` completes "the key wants …". */
export interface Key<Value> {
  readonly kind: Kind;
  readonly schema: z.ZodType<Value>;
  readonly wants: string;
  readonly fallback: Value;
  readonly means: string;
  readonly standing: Standing;
}

type Row<Value> = (fallback: Value, standing: Standing, means: string) => Key<Value>;

function row<Value>(kind: Kind, schema: z.ZodType<Value>, wants: string): Row<Value> {
  return (fallback, standing, means) => ({ kind, schema, wants, fallback, means, standing });
}

const Texts = z.array(z.string({ error: 'wants a text' }));

export const text = row<string>('plain', z.string(), 'a text in double quotes');
export const secret = row<string>('secret', z.string(), 'a text in double quotes');
export const flag = row<boolean>('plain', z.boolean(), 'true or false, without quotes');
export const texts = row<readonly string[]>('plain', Texts, 'a list of texts, as ["one", "two"]');
export const integer = row<number>('plain', z.int(), 'a whole number, without quotes');
export const number = row<number>('plain', z.number().min(0), 'a number, 0 or more, without quotes');
/** A regular expression; empty for none. */
export const pattern = row<string>('pattern', z.string(), 'a regular expression in double quotes');
export const patterns = row<readonly string[]>('patterns', Texts, 'a list of regular expressions');
/** Each an exact cluster name, alias=NAME, alias~=PATTERN, * or a pattern (orchestrator 3.2.6, section 2.7). */
export const clusterFilters = row<readonly string[]>(
  'clusterFilters',
  Texts,
  'a list of cluster filters, as ["*"] or ["alias=shop"]',
);
/** Patterns of cluster names, each with its alias. */
export const aliases = row<Readonly<Record<string, string>>>(
  'aliases',
  z.record(z.string(), z.string({ error: 'wants a text' })),
  'an object of patterns and aliases, as {"^db1:": "shop"}',
);
export const hooks = row<readonly ConfiguredHook[]>(
  'hooks',
  HookList,
  'a list of hooks, each a command in double quotes or an object with Command, Exec or Http',
);

/** A whole number from `least` on; a port is one of at most 65535. */
export function count(least = 0, most = Number.MAX_SAFE_INTEGER): Row<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
  return row<number>('plain', z.int().min(least).max(most), `a whole number, ${range}, without quotes`);
}

export function choice<const Word extends string>(...words: readonly [Word, ...Word[]]): Row<Word> {
  const wants = `one of ${words.map((word) => `"${word}"`).join(', ')}`;
  return row<Word>('choice', z.enum(words), wants);
}
