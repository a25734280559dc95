import type { Etcd, Pair } from '../etcd/etcd.ts';
import { Anchor, type Extent, type Fact, type StoredPages, type StoredRun } from './archive.ts';
import { noSeal } from './chain.ts';
import { factIn, type Keys } from './etcd-keys.ts';

/** The journal in etcd as it is stored, for whoever only reads. */
export class EtcdPages implements StoredPages {
  readonly #etcd: Etcd;
  readonly #keys: Keys;

  constructor(etcd: Etcd, keys: Keys) {
    this.#etcd = etcd;
    this.#keys = keys;
  }

  async extent(): Promise<Extent> {
    const { found } = await this.#etcd.transact({
      read: [{ key: this.#keys.counted('runs') }, { key: this.#keys.counted('anchors') }],
    });
    const [runs, anchors] = found.map((pairs) => Number(pairs[0]?.value ?? 0));
    return { runs: runs ?? 0, anchors: anchors ?? 0 };
  }

  async stored(after: number, limit: number): Promise<readonly StoredRun[]> {
    const { everyNumber, number } = this.#keys;
    const { pairs } = await this.#etcd.read({ prefix: everyNumber, after: number(after), limit });
    const runs: StoredRun[] = [];
    // One after the other: a run may have much to say.
    for (const { key, value } of pairs)
      runs.push(await this.#run(value, Number(key.slice(everyNumber.length))));
    return runs;
  }

  async anchors(after: number, limit: number): Promise<readonly Anchor[]> {
    const { everyAnchor, anchor } = this.#keys;
    const { pairs } = await this.#etcd.read({ prefix: everyAnchor, after: anchor(after), limit });
    return pairs.map(({ value }) => Anchor.parse(parsed(value)));
  }

  async facts(): Promise<readonly Fact[]> {
    const { pairs } = await this.#etcd.read({ prefix: this.#keys.everyFact });
    const inOrder = pairs.toSorted((one, other) => one.created - other.created);
    return inOrder.map(({ key, value }) => ({ ...factIn(key), value: parsed(value) }));
  }

  async #run(uid: string, number: number): Promise<StoredRun> {
    const keys = this.#keys;
    const { found } = await this.#etcd.transact({
      read: [
        { key: keys.run(uid) },
        { prefix: keys.records(uid) },
        { key: keys.last(uid) },
        { key: keys.end(uid) },
        { key: keys.acknowledged(uid) },
      ],
    });
    const [[run] = [], records = [], [last] = [], [end] = [], [acknowledged] = []] = found;
    const { opening, seal } = object(run);
    return {
      number,
      uid,
      opening,
      seal: textIn(seal),
      records: records.map((pair) => {
        const { seal: own, ...record } = object(pair);
        return { record, seal: textIn(own) };
      }),
      lastSeal: last?.value ?? noSeal,
      end: end === undefined ? null : parsed(end.value),
      acknowledged: acknowledged === undefined ? null : parsed(acknowledged.value),
    };
  }
}

/** What cannot be read is given as it stands: its seal will not fit. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function object(pair: Pair | undefined): Record<string, unknown> {
  const value = pair === undefined ? null : parsed(pair.value);
  return typeof value === 'object' && value !== null ? { ...value } : { unreadable: pair?.value };
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
