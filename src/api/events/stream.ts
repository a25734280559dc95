import type { FeedEvent } from './event.ts';
import type { Feed } from './feed.ts';
import type { StandingFeed } from './standing.ts';

/** Somebody who takes nothing for so long is left. */
const stalledMs = 30_000;
/** No more than this, or one event, waits in our memory for one reader. */
const batchBytes = 16_384;

/** Where a reader takes from; what is called back is called when it was taken. */
interface Response {
  write(text: string, taken: (error?: Error | null) => void): boolean;
}

/** One reader. It gets what it has taken the last of; what is to come waits in the feed, once for all. */
export class Stream {
  readonly #response: Response;
  readonly #feed: Pick<Feed, 'at'>;
  readonly #standing: Pick<StandingFeed, 'since'> | null;
  #version = 0;
  #missed: readonly FeedEvent[];
  /** How many of the missed ones. */
  #told = 0;
  #place: number;
  #takenAt: number;
  #isSending = false;
  readonly #onTaken: () => void;

  constructor(
    response: Response,
    {
      feed,
      standing = null,
      missed,
      place,
      onTaken,
    }: {
      feed: Pick<Feed, 'at'>;
      /** For a reader that wants to hear how everything stands, too. */
      standing?: Pick<StandingFeed, 'since'> | null;
      missed: readonly FeedEvent[];
      place: number;
      /** What was sent has been taken, and more can be. */
      onTaken: () => void;
    },
  ) {
    this.#response = response;
    this.#feed = feed;
    this.#standing = standing;
    this.#missed = missed;
    this.#place = place;
    this.#takenAt = 0;
    this.#onTaken = onTaken;
  }

  /** How many events are held for it alone. */
  get holds(): number {
    return this.#missed.length;
  }

  /** Sends what there is, once what was sent before is gone. Gives why it is left, of one that cannot keep up; otherwise null. */
  send(now: number): string | null {
    if (this.#isSending)
      return now - this.#takenAt < stalledMs ? null : `nothing was taken for ${stalledMs / 1_000} s`;
    let batch = '';
    while (batch.length < batchBytes) {
      const next = this.#next();
      if (next === 'forgotten') return 'what comes next was forgotten meanwhile; go on behind the last id';
      if (next === null) break;
      batch += next.text;
    }
    const stands = batch === '' ? this.#standing?.since(this.#version) : null;
    if (stands != null) {
      this.#version = stands.version;
      batch = stands.text;
    }
    if (batch !== '') this.#write(batch, now);
    return null;
  }

  /** Says something that is no event: a line that means nothing, so that whatever stands between does not take the stream for dead. */
  say(text: string, now: number): void {
    if (!this.#isSending) this.#write(text, now);
  }

  #write(text: string, now: number): void {
    this.#takenAt = now;
    this.#isSending = true;
    this.#response.write(text, (error) => {
      this.#isSending = false;
      if (error == null) this.#onTaken();
    });
  }

  #next(): FeedEvent | 'forgotten' | null {
    const missed = this.#missed[this.#told];
    if (missed !== undefined) {
      this.#told += 1;
      return missed;
    }
    this.#missed = [];
    const event = this.#feed.at(this.#place);
    if (event !== null && event !== 'forgotten') this.#place += 1;
    return event;
  }
}
