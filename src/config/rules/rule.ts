import type { Config, KeyName } from '../keys.ts';
import type { Sentence } from '../sentence.ts';

/** What a rule makes of a configuration once all files are read: values to change, and what to say of it. */
export interface Ruling {
  readonly change?: Partial<Config>;
  readonly sentences?: readonly Sentence[];
}

/** `isGiven` tells a value that stands in a file from a default. */
export type Rule = (config: Config, isGiven: (name: KeyName) => boolean) => Ruling;
