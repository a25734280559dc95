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

  async function post(
    cluster: Cluster,
    primary: InstanceKey | null,
    { signal, run }: { signal: AbortSignal; run: string | undefined },
  ): Promise<void> {
    taken.delete(cluster.id);
    const body = JSON.stringify(wordsOf(cluster, primary, run));
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
    publish: (cluster, primary, signal, run) => post(cluster, primary, { signal, run }),
    withdraw: (cluster, signal, run) => post(cluster, null, { signal, run }),
    async published({ id }) {
      return [taken.get(id) ?? (taken.has(id) ? null : 'unknown')];
    },
    async preview(cluster, primary) {
      return [`POST ${url} ${JSON.stringify(wordsOf(cluster, primary, undefined))}`];
    },
  };
}

/** `recovery` is the uid of the run that says so, as `baton recovery` takes it; null for what is told again at rest. */
function wordsOf(cluster: Cluster, primary: InstanceKey | null, run: string | undefined) {
  return { ...documentOf(cluster, primary), recovery: run ?? null };
}
