/** How the shell reads the text around a placeholder; contexts.ts says what each one means for a value. */
export type Context =
  | 'bare'
  | 'command-name'
  | 'single'
  | 'double'
  | 'ansi-c'
  | 'here-document'
  | 'quoted-here-document'
  | 'parameter'
  | 'arithmetic'
  | 'comment'
  | 'after-backslash'
  | 'after-dollar';

/** A command that reads what it is given once more, as a program of its own. */
export interface Reader {
  readonly who: string;
  /** What it may be given all the same: plain characters, or only a whole number. */
  readonly accepts: 'plain' | 'integer';
}

/** Commands joined by `|`. `readers` may still grow when a placeholder before them has been seen. */
export interface Pipeline {
  /** The pipeline that this one stands in: of `$(…)`, `(…)`, `{ …; }` or a loop. */
  readonly outer: Pipeline | null;
  readonly readers: Reader[];
}

/** A line of a here-document, which must not come to equal the word that ends it. */
export interface BodyLine {
  readonly from: number;
  readonly to: number;
  readonly delimiter: string;
  /** Of `<<-`: leading tabs do not count. */
  readonly tabsIgnored: boolean;
}

/** Where a placeholder stands: `from` and `to` are offsets in the command, braces included. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly context: Context;
  readonly pipeline: Pipeline;
  readonly line: BodyLine | null;
}

/** The reader that would see what stands in this pipeline; the strictest, where there are several. */
export function readerOf(pipeline: Pipeline): Reader | null {
  const readers = readersOf(pipeline);
  return readers.find(({ accepts }) => accepts === 'integer') ?? readers[0] ?? null;
}

/** All that would see it: of this pipeline and of those that it stands in. */
export function readersOf(pipeline: Pipeline): readonly Reader[] {
  const readers: Reader[] = [];
  for (let at: Pipeline | null = pipeline; at !== null; at = at.outer) readers.push(...at.readers);
  return readers;
}
