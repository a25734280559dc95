import type { Etcd } from '../../src/etcd/etcd.ts';

/** Milliseconds from a blow until etcd let the old leader go, until another led, and until its first record; null for never. */
export interface Succeeded {
  readonly goneMs: number | null;
  readonly ledMs: number | null;
  readonly continuedMs: number | null;
}

export const nobody: Succeeded = { goneMs: null, ledMs: null, continuedMs: null };

/** What happened to the leader’s key and to the records, and when it was heard here, milliseconds since 1970. */
interface Happened {
  readonly what: 'gone' | 'led' | 'record';
  readonly at: number;
}

/** Listens to an etcd for who follows whom, so that all times are by one clock that is none of theirs. */
export class Succession {
  readonly #etcd: Etcd;
  readonly #ending = new AbortController();
  readonly #happened: Happened[] = [];

  private constructor(etcd: Etcd) {
    this.#etcd = etcd;
  }

  /** `prefix` is what all keys of these controllers begin with. The etcd is closed at the end. */
  static of(etcd: Etcd, prefix: string): Succession {
    const succession = new Succession(etcd);
    void succession.#listen(prefix);
    return succession;
  }

  /** A blow that nobody has followed yet has null for what did not happen. */
  after(at: number): Succeeded {
    const first = (what: Happened['what'], from: number | null) =>
      from === null ? null : (this.#happened.find((one) => one.what === what && one.at >= from)?.at ?? null);
    const gone = first('gone', at);
    const led = first('led', gone);
    const continued = first('record', led);
    const since = (moment: number | null) => (moment === null ? null : moment - at);
    return { goneMs: since(gone), ledMs: since(led), continuedMs: since(continued) };
  }

  end(): void {
    this.#ending.abort(new Error('nobody listens any more'));
    this.#etcd.close();
  }

  async #listen(prefix: string): Promise<void> {
    try {
      for await (const { events } of this.#etcd.watch(prefix, 1, this.#ending.signal))
        for (const event of events) {
          const key = 'removed' in event ? event.removed : event.put.key;
          const at = Date.now();
          if (key === `${prefix}leader`)
            this.#happened.push({ what: 'removed' in event ? 'gone' : 'led', at });
          if (key.startsWith(`${prefix}record/`)) this.#happened.push({ what: 'record', at });
        }
    } catch (error) {
      if (!this.#ending.signal.aborted) throw error;
    }
  }
}
