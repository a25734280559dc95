import { ask } from '../api/client.ts';
import { type Refusal, refusalOf } from '../api/refusal.ts';
import type { JournalRecord, Session } from '../api/types.ts';
import { apiUrl } from '../router/base.ts';
import { type Heard, Line, type LineState } from './line.ts';
import { Assembly, nothingKnown, partTypes, type Standing } from './standing.ts';

/** A record of the journal as it is written, or the opening of a run, with the run it belongs to. */
export type Told = (JournalRecord | { readonly kind: 'opened'; readonly seq: 0; readonly at: number }) & {
  readonly uid: string;
  readonly workflow: string;
  readonly subject: string;
};

/** All that the page knows of the controller. Never edited; something new makes a new one. */
export interface LiveState extends Standing {
  readonly session: Session | null;
  readonly line: LineState;
  /** Why nothing is heard: nobody has signed in, or the controller said no, or does not answer. */
  readonly refusal: Refusal | null;
}

const recordKinds = [
  'opened',
  'asked',
  'answered',
  'act',
  'acted',
  'publish',
  'published',
  'stage',
  'hook',
  'hooked',
  'command',
  'commanded',
  'awaiting',
  'approved',
  'timer',
  'fired',
  'said',
  'resumed',
  'abandoned',
  'ended',
] as const satisfies readonly Told['kind'][];

/** The one line to the controller, and what was heard on it. */
class Live {
  #state: LiveState = { ...nothingKnown, session: null, line: { is: 'opening' }, refusal: null };
  #assembly = new Assembly();
  #isDrawing = false;
  readonly #listeners = new Set<() => void>();
  readonly #hearers = new Set<(told: Told | 'gap') => void>();
  readonly #line = new Line({
    url: apiUrl('/events?standing=yes'),
    types: [...recordKinds, ...partTypes, 'gap', 'beat'],
    hear: (event) => this.#hear(event),
    stand: (line) => this.#stand(line),
  });

  get state(): LiveState {
    return this.#state;
  }

  /** Calls `listener` whenever the state is another. Gives how to end that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls `hearer` with each record of the journal as it is written; with `gap` where some were missed and are to be read again. */
  onRecord(hearer: (told: Told | 'gap') => void): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  /** Begins to listen, once whoever asks may. */
  async open(): Promise<void> {
    try {
      const session = await ask<Session>('/session');
      this.#become({ session, refusal: null });
      this.#line.open();
    } catch (error) {
      const refusal = refusalOf(error);
      this.#become({ refusal });
      if (refusal.status === 0 || refusal.status >= 500) setTimeout(() => void this.open(), 2_000);
    }
  }

  #stand(line: LineState): void {
    // A line that is open again tells all from the beginning.
    if (line.is === 'open') this.#assembly = new Assembly();
    // The controller that answers now may be another, with other rules.
    const isAnother = line.is === 'open' && this.#state.line.is === 'lost';
    this.#become({ line });
    if (line.is === 'lost' || isAnother) void this.#lookWhy();
  }

  /** A stream of events does not say why it ended, nor what may be asked of whom it leads to now; the session does. */
  async #lookWhy(): Promise<void> {
    try {
      this.#become({ session: await ask<Session>('/session'), refusal: null });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.status === 401 || refusal.status === 403) this.#line.close();
      this.#become({ refusal });
    }
  }

  #hear({ type, data }: Heard): void {
    if (this.#assembly.take(type, data)) this.#drawSoon();
    else if (type === 'gap') for (const hearer of this.#hearers) hearer('gap');
    else if (type !== 'beat') {
      const told = JSON.parse(data) as Told;
      for (const hearer of this.#hearers) hearer(told);
    }
  }

  /** What comes at once is drawn at once. */
  #drawSoon(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    setTimeout(() => {
      this.#isDrawing = false;
      const { standing } = this.#assembly;
      // What was known goes on being shown until all of it has been heard again.
      if (standing.clusters !== null) this.#become(standing);
    }, 30);
  }

  #become(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export const live = new Live();
