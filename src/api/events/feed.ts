import type { Journal } from '../../engine/ports.ts';
import type { JournalRecord } from '../../engine/record.ts';
import type { Archive } from '../../journal/archive.ts';
import { eventOf, type FeedEvent, openedEvent } from './event.ts';

/** What of the journal is read. */
export type FedJournal = Pick<Journal, 'read'> & Pick<Archive, 'extent' | 'heads'>;

const pollMs = 500;
/** The newest so much is kept for those who read slowly; whoever is further behind is left behind. */
const mostEvents = 5_000;
const mostBytes = 16_777_216;
/** Hooks that nobody waits for may still have something to say of a run that has ended. */
const followedAfterEndMs = 60_000;
const page = 100;

/** A run that is followed: what of it was told last. */
interface Followed {
  readonly number: number;
  seq: number;
  endedAt: number | null;
}

/**
 * The journal as it grows, whichever controller writes it: read again and again while somebody listens, once for all
 * who listen. Events have places that count up; the oldest are forgotten.
 */
export class Feed {
  readonly #journal: FedJournal;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #followed = new Map<string, Followed>();
  #events: FeedEvent[] = [];
  #first = 0;
  #bytes = 0;
  #number = 0;
  #beginning: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(journal: FedJournal, now: () => number) {
    this.#journal = journal;
    this.#now = now;
  }

  /** The place of the next event. */
  get end(): number {
    return this.#first + this.#events.length;
  }

  /** The event at a place; null for one that is to come, `forgotten` for one that was. */
  at(place: number): FeedEvent | 'forgotten' | null {
    if (place < this.#first) return 'forgotten';
    return this.#events[place - this.#first] ?? null;
  }

  /** Calls `listener` whenever there are new events. Resolves, with how to end it, when whatever is written from now on will be among them. */
  async listen(listener: () => void): Promise<() => void> {
    this.#listeners.add(listener);
    const stop = () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
    try {
      this.#beginning ??= this.#begin();
      await this.#beginning;
    } catch (error) {
      this.#beginning = null;
      stop();
      throw error;
    }
    return stop;
  }

  async #begin(): Promise<void> {
    const { runs } = await this.#journal.extent();
    this.#number = runs;
    for (const { uid, number, endedAt } of await this.#journal.heads(Math.max(0, runs - page), page)) {
      if (endedAt !== null && endedAt + followedAfterEndMs < this.#now()) continue;
      const seq = (await this.#journal.read(uid))?.records.at(-1)?.seq ?? 0;
      this.#followed.set(uid, { number, seq, endedAt });
    }
    this.#again();
  }

  #rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#beginning = null;
    this.#followed.clear();
    this.#first = this.end;
    this.#events = [];
    this.#bytes = 0;
  }

  #again(): void {
    if (this.#listeners.size === 0) {
      this.#rest();
      return;
    }
    this.#timer = setTimeout(() => {
      // What cannot be read now is read the next time.
      void this.#poll()
        .catch(() => {})
        .finally(() => this.#again());
    }, pollMs);
  }

  async #poll(): Promise<void> {
    const before = this.end;
    for (const { uid, number, endedAt } of await this.#journal.heads(this.#number, page)) {
      this.#followed.set(uid, { number, seq: -1, endedAt });
      this.#number = number;
    }
    for (const [uid, followed] of this.#followed) await this.#read(uid, followed);
    if (this.end > before) for (const listener of this.#listeners) listener();
  }

  async #read(uid: string, followed: Followed): Promise<void> {
    const run = await this.#journal.read(uid);
    if (run === null) {
      this.#followed.delete(uid);
      return;
    }
    const { number } = followed;
    if (followed.seq < 0) this.#keep(openedEvent(number, run.opening));
    followed.seq = Math.max(0, followed.seq);
    for (const record of run.records.filter(({ seq }) => seq > followed.seq)) {
      this.#keep(eventOf(number, run.opening, record));
      followed.seq = record.seq;
      if (record.kind === 'ended') followed.endedAt = record.at;
    }
    if (isOver(followed, run.records.at(-1), this.#now())) this.#followed.delete(uid);
  }

  #keep(event: FeedEvent): void {
    this.#events.push(event);
    this.#bytes += event.text.length;
    let gone = 0;
    while (
      this.#events.length - gone > mostEvents ||
      (this.#bytes > mostBytes && this.#events.length - gone > 1)
    ) {
      this.#bytes -= this.#events[gone]?.text.length ?? 0;
      gone += 1;
    }
    if (gone === 0) return;
    this.#events.splice(0, gone);
    this.#first += gone;
  }
}

function isOver({ endedAt }: Followed, last: JournalRecord | undefined, now: number): boolean {
  return endedAt !== null && Math.max(endedAt, last?.at ?? 0) + followedAfterEndMs < now;
}
