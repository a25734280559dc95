import { z } from 'zod';
import { messageOf } from '../kernel/errors.ts';
import type { KeyStore } from './key-store.ts';

/** How a Consul is reached, and what of it is written to. */
export interface ConsulAccess {
  /** `http://host:8500`. */
  readonly address: string;
  /** Empty where Consul asks nobody who they are. */
  readonly token: string;
  /** Every data center that it knows, not its own alone. */
  readonly everywhere: boolean;
  /** All keys that are written together change at one moment. */
  readonly inTransactions: boolean;
}

const Found = z.array(z.object({ Key: z.string(), Value: z.string().nullable() }));
const Centers = z.array(z.string());

/** The keys of a Consul, by its HTTP interface; a data center that fails is named. */
export function consulKeys(access: ConsulAccess): KeyStore {
  const { address, token, everywhere, inTransactions } = access;

  async function ask(path: string, init: RequestInit): Promise<Response> {
    const headers = token === '' ? {} : { 'x-consul-token': token };
    const response = await fetch(`${address}/v1/${path}`, { ...init, headers, redirect: 'manual' }).catch(
      (error: unknown) => {
        throw new Error(`nobody answered: ${messageOf((error as Error).cause ?? error)}`);
      },
    );
    if (response.ok || response.status === 404) return response;
    throw new Error(`it answered ${response.status}: ${(await response.text()).trim().slice(0, 200)}`);
  }

  /** Does it in each data center at once, all of them to their end. */
  async function inEach<T>(signal: AbortSignal, what: (query: string) => Promise<T>): Promise<readonly T[]> {
    const centers = everywhere
      ? Centers.parse(await (await ask('catalog/datacenters', { signal })).json())
      : [null];
    const outcomes = await Promise.allSettled(
      centers.map((center) =>
        what(center === null ? '' : `dc=${encodeURIComponent(center)}`).catch((error: unknown) => {
          throw center === null ? error : new Error(`data center ${center}: ${messageOf(error)}`);
        }),
      ),
    );
    const faults = outcomes.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []));
    if (faults.length > 0) throw new Error(faults.join('; '));
    return outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  async function change(
    query: string,
    changes: readonly { key: string; value: string | null }[],
    signal: AbortSignal,
  ): Promise<void> {
    if (inTransactions) {
      const body = JSON.stringify(changes.map(operationOf));
      const answer = await ask(`txn?${query}`, { method: 'PUT', body, signal });
      if (!answer.ok) throw new Error('it knows no transactions');
      return;
    }
    for (const { key, value } of changes) {
      const method = value === null ? 'DELETE' : 'PUT';
      const answer = await ask(`kv/${pathOf(key)}?${query}`, { method, body: value, signal });
      const done = (await answer.text()).trim();
      if (!answer.ok || done !== 'true') throw new Error(`it did not take the key ${key}`);
    }
  }

  return {
    read: (keys, signal) =>
      inEach(signal, async (query) => {
        const [first = ''] = keys;
        const answer = await ask(`kv/${pathOf(first)}?recurse&consistent&${query}`, { signal });
        const found = answer.status === 404 ? [] : Found.parse(await answer.json());
        return new Map(
          found
            .filter(({ Key }) => keys.includes(Key))
            .map(({ Key, Value }) => [Key, Buffer.from(Value ?? '', 'base64').toString('utf8')]),
        );
      }),
    async write(pairs, signal) {
      const changes = pairs.map(([key, value]) => ({ key, value }));
      await inEach(signal, (query) => change(query, changes, signal));
    },
    async remove(keys, signal) {
      const changes = keys.map((key) => ({ key, value: null }));
      await inEach(signal, (query) => change(query, changes, signal));
    },
  };
}

function operationOf({ key, value }: { key: string; value: string | null }): object {
  if (value === null) return { KV: { Verb: 'delete', Key: key } };
  return { KV: { Verb: 'set', Key: key, Value: Buffer.from(value).toString('base64') } };
}

function pathOf(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}
