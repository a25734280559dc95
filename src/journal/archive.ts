import { z } from 'zod';
import type { SoleJournal } from '../engine/ports.ts';

/*
 * A journal as it is stored, seals and all: what is verified, exported, copied and in the end left out.
 * Openings and records are as they were written and are not understood here, so that what an older
 * Baton wrote keeps its seals, and what was edited can be named.
 */

export const StoredRun = z.object({
  /** Counts the openings of a journal, from 1. */
  number: z.number(),
  uid: z.string(),
  opening: z.unknown(),
  seal: z.string(),
  /** In the order of their seqs. */
  records: z.array(z.object({ record: z.unknown(), seal: z.string() })),
  /** Of its last record; of the opening where there is none. */
  lastSeal: z.string(),
  /** Beside the records, so that it is found without them; null while the run goes on. */
  end: z.unknown(),
  acknowledged: z.unknown(),
});
export type StoredRun = z.output<typeof StoredRun>;

export const Anchor = z.object({
  seq: z.number(),
  at: z.number(),
  token: z.number(),
  ends: z.array(z.object({ number: z.number(), seal: z.string() })),
  seal: z.string(),
});
export type Anchor = z.output<typeof Anchor>;

export const Fact = z.object({ room: z.string(), name: z.string(), value: z.unknown() });
export type Fact = z.output<typeof Fact>;

/** The number of the run opened last and of the last anchor, counted beside them; 0 for none. */
export const Extent = z.object({ runs: z.number(), anchors: z.number() });
export type Extent = z.output<typeof Extent>;

/** What may be read of a journal as it is stored. */
export interface StoredPages {
  extent(): Promise<Extent>;
  /** The first so many runs numbered above `after`, in the order of their numbers. */
  stored(after: number, limit: number): Promise<readonly StoredRun[]>;
  /** The first so many anchors above `after`. */
  anchors(after: number, limit: number): Promise<readonly Anchor[]>;
  facts(): Promise<readonly Fact[]>;
}

/** The parts of a journal that another is filled with. */
export type Part =
  | { readonly kind: 'run'; readonly run: StoredRun }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'fact'; readonly fact: Fact };

/** After the last part: how far it went. */
export interface End {
  readonly kind: 'end';
  readonly extent: Extent;
}

/** A journal that is new and empty takes in what another held. */
export interface Filling {
  /** False where a run, an anchor or a fact is in it. */
  isEmpty(): Promise<boolean>;
  /** Parts in any order, each once. On disk when it resolves. */
  put(parts: readonly Part[]): Promise<void>;
  /** The last call: how far the other one went. */
  finish(extent: Extent): Promise<void>;
}

/** What is known of a run without reading it. `at` is when it was opened; times are milliseconds since 1970. */
export interface RunHead {
  readonly number: number;
  readonly uid: string;
  readonly workflow: string;
  readonly subject: string;
  readonly at: number;
  /** Null while it goes on. */
  readonly endedAt: number | null;
}

/** A journal that can be looked through and made shorter. */
export interface Archive extends StoredPages {
  /** The first so many runs numbered above `after`. */
  heads(after: number, limit: number): Promise<readonly RunHead[]>;
  /**
   * Takes these runs out, and leaves in their place an anchor with their last seals, in one transaction.
   * Throws `run-unknown`, and `run-active` for one that has not ended; nothing is changed then.
   */
  leaveOut(uids: readonly string[], at: number, token: number): Promise<void>;
}

export type ArchivedJournal = SoleJournal & Archive;
