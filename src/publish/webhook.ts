import { randomUUID } from 'node:crypto';
import type { Publisher, Told } from '../engine/ports.ts';
import { messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import { documentOf } from './document.ts';

/** A request as its headers are made of it; `seconds` since 1970. */
interface Message {
  readonly id: string;
  readonly seconds: number;
  readonly body: string;
}

/**
 * Posts each word as JSON. Nobody can be asked what became of it, so what was taken last is remembered; a new
 * controller remembers nothing, and tells it again.
 */
export function webhookPublisher(options: {
  url: string;
  /** Headers that say who sent it, and when. */
  headers: (message: Message) => Readonly<Record<string, string>>;
}): Publisher {
  const { url, headers } = options;
  const taken = new Map<string, Told>();

  async function post(cluster: Cluster, primary: InstanceKey | null, signal: AbortSignal): Promise<void> {
    taken.delete(cluster.id);
    const body = JSON.stringify(documentOf(cluster, primary));
    const message = { id: `msg_${randomUUID()}`, seconds: Math.floor(Date.now() / 1_000), body };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers(message) },
      body,
      redirect: 'manual',
      signal,
    }).catch((error: unknown) => {
      throw new Error(`nobody answered: ${messageOf((error as Error).cause ?? error)}`);
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    taken.set(cluster.id, primary);
  }

  return {
    publish: post,
    withdraw: (cluster, signal) => post(cluster, null, signal),
    async published({ id }) {
      return [taken.get(id) ?? (taken.has(id) ? null : 'unknown')];
    },
    async preview(cluster, primary) {
      return [`POST ${url} ${JSON.stringify(documentOf(cluster, primary))}`];
    },
  };
}
