import { z } from 'zod';
import type { EtcdAccess } from './access.ts';
import { Gateway } from './gateway.ts';

/** A key with what stands there. Revisions count the changes of the whole etcd, from 1. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  /** When the key came to be; a new number each time that it comes back. */
  readonly created: number;
  readonly modified: number;
}

/** Keys to read: one, or all that begin with a prefix. */
export interface Query {
  readonly key?: string;
  readonly prefix?: string;
  /** With a prefix: those behind this key. */
  readonly after?: string;
  /** The first so many, in the order of their names. */
  readonly limit?: number;
}

/** A condition of a transaction: when the key came to be, 0 for a key that is not there. */
export interface Condition {
  readonly key: string;
  readonly created: number;
}

export type Change =
  | { readonly put: string; readonly value: string; readonly lease?: string }
  | { readonly remove: string }
  | { readonly removeAll: string };

export interface Outcome {
  /** Every condition held, and every change was made. */
  readonly done: boolean;
  readonly revision: number;
  /** What the reads of the branch that was taken found, in their order. */
  readonly found: readonly (readonly Pair[])[];
}

export type Event = { readonly put: Pair } | { readonly removed: string };

/** What a watch hears: changes, in the order in which they were made, and up to which revision that is all. */
export interface Heard {
  readonly events: readonly Event[];
  readonly revision: number;
}

/** An etcd, as far as Baton needs one: through the JSON gateway that every member has since 3.4. */
export class Etcd {
  readonly #gateway: Gateway;
  readonly #closing = new AbortController();

  constructor(access: EtcdAccess) {
    this.#gateway = new Gateway(access);
  }

  async read(query: Query): Promise<{ readonly pairs: readonly Pair[]; readonly revision: number }> {
    const { kvs, header } = RangeReply.parse(await this.#call('kv/range', rangeOf(query)));
    return { pairs: kvs, revision: header.revision };
  }

  /** All conditions hold and all changes are made, or none of them. What is read is read at the same moment. */
  async transact(transaction: {
    readonly when?: readonly Condition[];
    readonly change?: readonly Change[];
    readonly read?: readonly Query[];
    readonly elseRead?: readonly Query[];
  }): Promise<Outcome> {
    const { when = [], change = [], read = [], elseRead = [] } = transaction;
    const body = {
      compare: when.map(({ key, created }) => ({
        target: 'CREATE',
        result: 'EQUAL',
        key: coded(key),
        createRevision: String(created),
      })),
      success: [...change.map(changeOf), ...read.map(readOf)],
      failure: elseRead.map(readOf),
    };
    const reply = TxnReply.parse(await this.#call('kv/txn', body));
    const found = reply.responses.flatMap(({ response_range }) =>
      response_range === undefined ? [] : [response_range.kvs],
    );
    return { done: reply.succeeded, revision: reply.header.revision, found };
  }

  /** A lease of so many seconds: keys that hang on it vanish with it. Gives its number. */
  async grant(seconds: number): Promise<string> {
    return z.object({ ID: z.string() }).parse(await this.#call('lease/grant', { TTL: String(seconds) })).ID;
  }

  /** The seconds that a lease has from now on; 0 where it has run out. */
  async keepAlive(lease: string, withinMs: number): Promise<number> {
    const reply = await this.#call('lease/keepalive', { ID: lease }, withinMs);
    return Number(KeepAliveReply.parse(reply).result.TTL);
  }

  async revoke(lease: string): Promise<void> {
    await this.#call('lease/revoke', { ID: lease });
  }

  /** The changes below a prefix from a revision on, until the signal ends it. Ends or throws where the member goes. */
  async *watch(prefix: string, from: number, signal: AbortSignal): AsyncGenerator<Heard> {
    const range = { key: coded(prefix), rangeEnd: coded(endOf(prefix)), startRevision: String(from) };
    const either = AbortSignal.any([signal, this.#closing.signal]);
    for await (const line of this.#gateway.stream('watch', { createRequest: range }, either)) {
      const { result } = WatchReply.parse(line);
      if (result.canceled) throw new Error(`etcd ended the watch: ${result.cancel_reason}`);
      if (result.events.length > 0) yield { events: result.events, revision: result.header.revision };
    }
  }

  close(): void {
    this.#closing.abort(new Error('the connection to etcd is being closed'));
    this.#gateway.close();
  }

  #call(path: string, body: unknown, withinMs?: number): Promise<unknown> {
    return this.#gateway.call(path, body, this.#closing.signal, withinMs);
  }
}

/** The key behind the last that begins with this prefix. */
function endOf(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}

function rangeOf({ key, prefix, after, limit }: Query): object {
  return {
    key: coded(after === undefined ? (key ?? prefix ?? '') : `${after}\0`),
    ...(prefix === undefined ? {} : { rangeEnd: coded(endOf(prefix)) }),
    ...(limit === undefined ? {} : { limit: String(limit) }),
  };
}

function readOf(query: Query): object {
  return { requestRange: rangeOf(query) };
}

function changeOf(change: Change): object {
  if ('remove' in change) return { requestDeleteRange: { key: coded(change.remove) } };
  if ('removeAll' in change) {
    const { removeAll } = change;
    return { requestDeleteRange: { key: coded(removeAll), rangeEnd: coded(endOf(removeAll)) } };
  }
  const { put, value, lease } = change;
  return { requestPut: { key: coded(put), value: coded(value), ...(lease === undefined ? {} : { lease }) } };
}

function coded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

const Text = z.string().transform((text) => Buffer.from(text, 'base64').toString('utf8'));
const Header = z.object({ revision: z.coerce.number() });
const KeyValue = z
  .object({
    key: Text,
    value: Text.default(''),
    create_revision: z.coerce.number().default(0),
    mod_revision: z.coerce.number().default(0),
  })
  .transform(({ key, value, create_revision, mod_revision }): Pair => {
    return { key, value, created: create_revision, modified: mod_revision };
  });
const KeyValues = z.array(KeyValue).default([]);
const RangeReply = z.object({ header: Header, kvs: KeyValues });
const TxnReply = z.object({
  header: Header,
  succeeded: z.boolean().default(false),
  responses: z.array(z.object({ response_range: z.object({ kvs: KeyValues }).optional() })).default([]),
});
const KeepAliveReply = z.object({ result: z.object({ TTL: z.string().default('0') }) });
const WatchReply = z.object({
  result: z.object({
    header: Header,
    canceled: z.boolean().default(false),
    cancel_reason: z.string().default('without a reason'),
    events: z
      .array(
        z
          .object({ type: z.string().default('PUT'), kv: KeyValue })
          .transform(({ type, kv }): Event => (type === 'DELETE' ? { removed: kv.key } : { put: kv })),
      )
      .default([]),
  }),
});
