import { z } from 'zod';
import { BatonError } from '../kernel/errors.ts';
import { Anchor, type End, Extent, Fact, type Part, type StoredPages, StoredRun } from './archive.ts';
import { partsOf } from './verify.ts';

/*
 * A journal as a text that any store can be filled with: JSON lines, the first of which says what it is
 * and the last that nothing is missing. `docs/journal.md` has an example.
 */

const format = 'baton-journal';
/** One more wherever a Baton of before could no longer read it. */
const version = 1;

const Header = z.object({
  kind: z.literal('journal'),
  format: z.literal(format),
  version: z.number(),
  /** When it was exported, and since when it goes where it is not whole. */
  at: z.string(),
  since: z.string().nullable(),
});
type Header = z.output<typeof Header>;

const Line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fact'), fact: Fact }),
  z.object({ kind: z.literal('anchor'), anchor: Anchor }),
  z.object({ kind: z.literal('run'), run: StoredRun }),
  z.object({ kind: z.literal('end'), extent: Extent }),
]);

/** The lines of a journal; of what was begun or left out before `since`, none. Times are milliseconds since 1970. */
export async function* linesOf(
  pages: StoredPages,
  { now, since }: { now: number; since: number | null },
): AsyncGenerator<string> {
  const said = since === null ? null : new Date(since).toISOString();
  yield asLine({
    kind: 'journal',
    format,
    version,
    at: new Date(now).toISOString(),
    since: said,
  } satisfies Header);
  for await (const part of partsOf(pages)) if (isSince(part, since)) yield asLine(part);
}

/** What a text that was exported holds. Throws `journal-unusable` where it is no such text, from a newer Baton, cut off or not whole. */
export async function* partsIn(lines: AsyncIterable<string>): AsyncGenerator<Part | End> {
  let number = 0;
  let isWhole = false;
  for await (const line of lines) {
    number += 1;
    if (number === 1) mustBeReadable(line);
    else {
      const part = read(Line, line, `line ${number} makes no sense`);
      isWhole = part.kind === 'end';
      yield part;
    }
  }
  if (number === 0) throw unusable('it is empty');
  if (!isWhole) throw unusable(`it ends at line ${number} without its last line: it was cut off`);
}

function mustBeReadable(line: string): void {
  const header = read(Header, line, 'its first line does not say that it is a journal of Baton');
  if (header.version > version)
    throw unusable(`a newer Baton wrote it (format ${header.version}; this one knows ${version})`);
  if (header.since !== null)
    throw unusable(
      `it holds only what was begun since ${header.since}, and a journal is filled with all of one`,
    );
}

function read<Shape extends z.ZodType>(shape: Shape, line: string, otherwise: string): z.output<Shape> {
  try {
    return shape.parse(JSON.parse(line));
  } catch {
    throw unusable(otherwise);
  }
}

export function unusable(because: string): BatonError {
  return new BatonError('journal-unusable', because);
}

function isSince(part: Part | End, since: number | null): boolean {
  if (since === null) return true;
  if (part.kind === 'anchor') return part.anchor.at >= since;
  if (part.kind !== 'run') return true;
  const opened = z.object({ at: z.number() }).safeParse(part.run.opening);
  return !opened.success || opened.data.at >= since;
}

/** One line, without a character that would move a terminal's cursor. */
function asLine(value: unknown): string {
  return JSON.stringify(value).replace(
    /\p{Cc}/gu,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
