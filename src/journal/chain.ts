import { createHash } from 'node:crypto';

/*
 * The chain of a run: each record has a seal, a digest over the seal before it and over itself, and the
 * first is over the opening. Whoever edits a record, takes one out or changes their order breaks it.
 * What is sealed is the JSON that is stored, its names in one order, so that a run keeps its seals from
 * one kind of store to another and from one version of Baton to the next.
 */

/** SHA-256 in hexadecimal. */
export type Seal = string;

/** `number` counts the openings of a journal, so that a run that is taken out leaves a hole. */
export function sealOfOpening(number: number, opening: unknown): Seal {
  return sealed('', { number, opening });
}

/** `record` with its seq, time and token. */
export function sealOfRecord(before: Seal, record: unknown): Seal {
  return sealed(before, record);
}

/** An anchor stands for runs that were left out: by their numbers, the last seal of each. */
export function sealOfAnchor(before: Seal, anchor: AnchorBody): Seal {
  const { seq, at, token, ends } = anchor;
  return sealed(before, { seq, at, token, ends });
}

export interface AnchorBody {
  /** Counts from 1. */
  readonly seq: number;
  readonly at: number;
  readonly token: number;
  readonly ends: readonly { readonly number: number; readonly seal: Seal }[];
}

/** What the first anchor stands behind. */
export const noSeal: Seal = '';

function sealed(before: Seal, value: unknown): Seal {
  return createHash('sha256')
    .update(`${before}\n${inOneOrder(value)}`)
    .digest('hex');
}

/** JSON whose objects have their names in alphabetical order. */
function inOneOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const pairs = Object.entries(value).filter(([, one]) => one !== undefined);
  const sorted = pairs.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([name, one]) => `${JSON.stringify(name)}:${inOneOrder(one)}`).join(',')}}`;
}
