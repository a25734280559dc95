import { z } from 'zod';
import { BatonError } from '../kernel/errors.ts';
import type { Anchor, End, Extent, Part, StoredPages, StoredRun } from './archive.ts';
import { noSeal, type Seal, sealOfAnchor, sealOfOpening, sealOfRecord } from './chain.ts';

/** Where a journal is not as it was written, in words: `run 17 (1700000000:ab…)`, `record 3 was edited`. */
export interface Fault {
  readonly where: string;
  readonly what: string;
}

export interface Verified {
  readonly runs: number;
  readonly records: number;
  readonly anchors: number;
  /** Runs that were left out when they were old. */
  readonly leftOut: number;
  readonly faults: readonly Fault[];
}

/** How many runs are read at one moment. */
const pageOfRuns = 50;
const pageOfAnchors = 20;

/**
 * All of a journal, part by part: its facts, its runs, its anchors. A run that is opened meanwhile is left out, so
 * that none is seen beside one that began after its end; one that is taken out meanwhile is met in its anchor.
 */
export async function* partsOf(pages: StoredPages): AsyncGenerator<Part | End> {
  const { runs } = await pages.extent();
  for (const fact of await pages.facts()) yield { kind: 'fact', fact };
  for (let after = 0; after < runs; ) {
    const page = await pages.stored(after, pageOfRuns);
    for (const run of page) if (run.number <= runs) yield { kind: 'run', run };
    after = page.at(-1)?.number ?? runs;
  }
  const { anchors } = await pages.extent();
  for (let after = 0; after < anchors; ) {
    const page = await pages.anchors(after, pageOfAnchors);
    for (const anchor of page) if (anchor.seq <= anchors) yield { kind: 'anchor', anchor };
    after = page.at(-1)?.seq ?? anchors;
  }
  yield { kind: 'end', extent: { runs, anchors } };
}

/** What is to be said of all of a journal. */
export async function verify(parts: AsyncIterable<Part | End>): Promise<Verified> {
  const verifier = new Verifier();
  for await (const part of parts) {
    if (part.kind === 'end') return verifier.verdict(part.extent);
    verifier.take(part);
  }
  throw new BatonError('journal-unusable', 'it has no end');
}

/** Takes a journal part by part, and says in the end what is wrong with it. */
class Verifier {
  readonly #faults: Fault[] = [];
  /** Runs that are there, and those that an anchor speaks for. */
  readonly #there = new Set<number>();
  readonly #gone = new Set<number>();
  #records = 0;
  #anchors = 0;
  #lastAnchor: Seal = noSeal;

  take(part: Part): void {
    if (part.kind === 'anchor') this.#takeAnchor(part.anchor);
    if (part.kind === 'run') this.#takeRun(part.run);
  }

  verdict(extent: Extent): Verified {
    const missing: number[] = [];
    for (let number = 1; number <= extent.runs; number += 1)
      if (!this.#there.has(number) && !this.#gone.has(number)) missing.push(number);
    for (const span of spansOf(missing)) this.#fault('the journal', span);
    if (this.#anchors < extent.anchors)
      this.#fault('the journal', `anchor ${this.#anchors + 1} is missing, of ${extent.anchors}`);
    const [runs, leftOut] = [this.#there.size, this.#gone.size];
    return { runs, records: this.#records, anchors: this.#anchors, leftOut, faults: this.#faults };
  }

  #takeAnchor(anchor: Anchor): void {
    const { seq, ends, seal } = anchor;
    for (; this.#anchors + 1 < seq; this.#anchors += 1)
      this.#fault(`anchor ${this.#anchors + 1}`, 'it is missing');
    if (sealOfAnchor(this.#lastAnchor, anchor) !== seal)
      this.#fault(`anchor ${seq}`, 'it was edited, or the one before it was taken out');
    this.#anchors = seq;
    this.#lastAnchor = seal;
    for (const { number } of ends) this.#gone.add(number);
  }

  #takeRun(run: StoredRun): void {
    const where = `run ${run.number} (${run.uid})`;
    this.#there.add(run.number);
    this.#records += run.records.length;
    for (const what of faultsOfRun(run)) this.#fault(where, what);
  }

  #fault(where: string, what: string): void {
    this.#faults.push({ where, what });
  }
}

const Opened = z.looseObject({ uid: z.string() });
const Placed = z.looseObject({ seq: z.number(), at: z.number(), kind: z.string() });

/** In words, what is wrong with one run; nothing where all is as it was written. */
function faultsOfRun(run: StoredRun): readonly string[] {
  const { number, uid, opening, seal, records, lastSeal, end } = run;
  const faults: string[] = [];
  const opened = Opened.safeParse(opening);
  if (!opened.success || opened.data.uid !== uid || sealOfOpening(number, opening) !== seal)
    faults.push('its opening was edited');
  let before = { seq: 0, seal };
  for (const { record, seal: own } of records) {
    const placed = Placed.safeParse(record);
    const seq: number = placed.success ? placed.data.seq : before.seq + 1;
    if (seq > before.seq + 1) faults.push(missingOf(before.seq + 1, seq - 1));
    const fits = seq === before.seq + 1 && sealOfRecord(before.seal, record) === own;
    const wrong = fits || seq !== before.seq + 1 ? null : wrongWith(seq, record, run);
    if (wrong !== null) faults.push(`record ${seq} ${wrong}`);
    before = { seq: Math.max(seq, before.seq), seal: own };
  }
  if (before.seal !== lastSeal)
    faults.push(`what came after record ${before.seq} is missing, or its last seal was edited`);
  if (!endsAsItSays(end, records)) faults.push('how it ended was edited, beside its records');
  return faults;
}

function missingOf(first: number, last: number): string {
  return first === last ? `record ${first} is missing` : `records ${first} to ${last} are missing`;
}

/** A record that fits elsewhere in its run was moved; null for one that is whole, and only what stands before it is not. */
function wrongWith(found: number, record: unknown, { seal, records }: StoredRun): string | null {
  const seals = [seal, ...records.map((one) => one.seal)];
  const known = new Set(seals);
  const body: object = typeof record === 'object' && record !== null ? record : {};
  for (const before of seals)
    for (let seq = 1; seq <= records.length; seq += 1)
      if (known.has(sealOfRecord(before, { ...body, seq })))
        return seq === found ? null : `stands in the place of another; it was record ${seq}`;
  return 'was edited';
}

/** The end of a run stands twice: as a record, and beside them. */
function endsAsItSays(end: unknown, records: StoredRun['records']): boolean {
  const last = records
    .map(({ record }) => Placed.safeParse(record).data)
    .find((one) => one?.kind === 'ended');
  if (last === undefined || end === null) return last === undefined && end === null;
  const { seq: _, token: __, kind: ___, ...said } = last;
  return sealOfRecord(noSeal, said) === sealOfRecord(noSeal, end);
}

/** In words, for each row of numbers without a hole. */
function spansOf(numbers: readonly number[]): readonly string[] {
  const spans: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const span = spans.at(-1);
    if (span?.last === number - 1) span.last = number;
    else spans.push({ first: number, last: number });
  }
  return spans.map(({ first, last }) =>
    first === last
      ? `run ${first} is missing, and no anchor speaks for it`
      : `runs ${first} to ${last} are missing, and no anchor speaks for them`,
  );
}
