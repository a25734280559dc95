import { z } from 'zod';
import type { Opening as OpeningShape, RunSummary as RunSummaryShape } from '../engine/ports.ts';
import { Entry, type JournalRecord } from '../engine/record.ts';

/*
 * Everything in a journal is JSON between the writing and the reading, and its times are whole
 * milliseconds. Every store turns values into text and back here, so that none keeps what another
 * would lose, and nothing is written that could not be read again.
 */

const Milliseconds = z.number().transform(Math.round);

const Opening = z.object({
  uid: z.string(),
  workflow: z.string(),
  digest: z.string(),
  subject: z.string(),
  exclusive: z.boolean(),
  input: z.unknown(),
  at: Milliseconds,
  token: z.number(),
}) satisfies z.ZodType<OpeningShape>;

const RunSummary = z.object({
  opening: Opening,
  endedAt: Milliseconds.nullable(),
  end: z.object({ state: z.string(), sentence: z.string(), output: z.unknown() }).nullable(),
  acknowledged: z.object({ by: z.string(), why: z.string(), at: Milliseconds }).nullable(),
}) satisfies z.ZodType<RunSummaryShape>;

const Place = z.object({ seq: z.number(), at: Milliseconds, token: z.number() });

/** A value as text. What JSON has no word for, such as undefined, is null. */
export function written(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

/** The opening as it will be read; throws, naming the field, where it could not be. */
export function asOpening(value: unknown): OpeningShape {
  return understood(Opening, value, 'an opening');
}

/** The entry as it will be read; throws, naming the field, where it could not be. */
export function asEntry(value: unknown): Entry {
  return understood(Entry, value, 'an entry');
}

export function asRecord(place: unknown, entry: unknown): JournalRecord {
  const { seq, at, token } = understood(Place, place, 'the place of a record');
  return { ...asEntry(entry), seq, at, token };
}

export function asSummary(value: unknown): RunSummaryShape {
  return understood(RunSummary, value, 'a run');
}

function understood<Shape extends z.ZodType>(shape: Shape, value: unknown, what: string): z.output<Shape> {
  const result = shape.safeParse(JSON.parse(written(value)));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${what} of the journal makes no sense at "${issue?.path.join('.')}": ${issue?.message}`);
}
