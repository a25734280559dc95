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

/**
 * Commands joined by `|`. `readers` and `inner` may still grow when a placeholder before them has been seen.
 */
export interface Pipeline {
  /** The pipeline that this one stands in: of `$(…)`, `(…)`, `{ …; }` or a loop. */
  readonly outer: Pipeline | null;
  /** Which of the outer one's commands it stands in, from 0. */
  readonly within: number;
  readonly readers: Reader[];
  /** Readers deeper in one of its commands, in a loop or a group: they see what flows into that command. */
  readonly inner: { readonly command: number; readonly reader: Reader }[];
  /** The command that is being read, from 0. */
  command: number;
}

/**
 * A pipeline in a command of another. What is not in the command but flows into it, as a here-document
 * does, stands half a command before it, and what reads the command's output half a one behind.
 */
export function pipelineIn(outer: Pipeline | null, shift: -0.5 | 0 | 0.5 = 0): Pipeline {
  return { outer, within: (outer?.command ?? 0) + shift, readers: [], inner: [], command: 0 };
}

/** Takes down a reader: it sees what stands in its pipeline, and what flows into those around it. */
export function takeReader(pipeline: Pipeline, reader: Reader): void {
  pipeline.readers.push(reader);
  if (!readsWhatFlows(reader)) return;
  for (let at = pipeline; at.outer !== null; at = at.outer)
    at.outer.inner.push({ command: at.within, reader: { ...reader, accepts: 'plain' } });
}

/** Those of `inner` that see what comes out of a pipeline's command. */
function behind({ inner }: Pipeline, command: number): readonly Reader[] {
  return inner.flatMap((one) => (one.command > command ? [one.reader] : []));
}

/** Some evaluate only the names that they are given, and put what flows into them where it belongs. */
function readsWhatFlows({ who }: Reader): boolean {
  return !/^(?:read|readarray|mapfile|getopts|unset|wait|printf|\[|test)$/.test(who);
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
  /** Which of the pipeline's commands it stands in, from 0. */
  readonly command: number;
  readonly line: BodyLine | null;
  /** Whoever reads the variables that it goes into as a program. */
  readonly users: readonly Reader[];
}

/** The reader that would see what stands at this place; the strictest, where there are several. */
export function readerOf(place: Seen): Reader | null {
  const readers = readersOf(place);
  return readers.find(({ accepts }) => accepts === 'integer') ?? readers[0] ?? null;
}

type Seen = Pick<Place, 'pipeline' | 'command' | 'users'>;

/** All that would see it: of its pipeline and of those that it stands in, and of what is behind it there. */
export function readersOf({ pipeline, command, users }: Seen): readonly Reader[] {
  const readers: Reader[] = [...pipeline.readers, ...behind(pipeline, command)];
  for (let at = pipeline; at.outer !== null; at = at.outer)
    readers.push(...at.outer.readers, ...behind(at.outer, at.within));
  return [...readers, ...users];
}
