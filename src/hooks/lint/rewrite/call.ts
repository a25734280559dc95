import type { SimpleCommand } from '../../quoting/scan.ts';
import type { Values } from '../../quoting/substitute.ts';
import type { Edit } from './edit.ts';

/** A command that reads one of its words as a program. */
export interface Call {
  /** The whole command line, and the simple command in it. */
  readonly text: string;
  readonly command: SimpleCommand;
  /** What its words say; null for one that is only known when the hook runs. */
  readonly literals: readonly (string | null)[];
  /** Which word names the reader. */
  readonly at: number;
  /** Whether the reader sees the hook's variables: not behind `sudo` and the like. */
  readonly keepsVariables: boolean;
  readonly values: Values;
  /** A program of a shell's, in which each value from outside is to be a reference; null where that cannot be. */
  readonly rewriteProgram: (program: string, values: Values) => string | null;
}

/** How a call is rewritten; null where that is not certain. */
export type Rewriting = (call: Call) => readonly Edit[] | null;

/** One word of the call, replaced. */
export function wordEdit({ command }: Call, index: number, text: string): readonly Edit[] | null {
  const word = command.words[index];
  return word === undefined ? null : [{ from: word.from, to: word.from + word.raw.length, text }];
}

/** The variables of the values from outside that a text has placeholders for; null where one has none. */
export function variablesIn(text: string, values: Values): readonly string[] | null {
  const found = [...text.matchAll(/\{([A-Za-z]+)\}/g)].flatMap(([, name = '']) => {
    const value = values.get(name);
    return value?.from === 'field' ? [value.variable] : [];
  });
  const variables = found.filter((variable) => variable !== null);
  return variables.length < found.length ? null : [...new Set(variables)];
}
