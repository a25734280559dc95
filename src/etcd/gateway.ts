import { once } from 'node:events';
import { Agent as PlainAgent, type ClientRequest, type IncomingMessage, request as plainly } from 'node:http';
import { Agent as SecureAgent, request as securely } from 'node:https';
import { z } from 'zod';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { whenAborted } from '../kernel/when-aborted.ts';
import type { EtcdAccess } from './access.ts';

/** What etcd’s gateway says in place of an answer: gRPC’s code, and its sentence. */
const Refusal = z.object({ code: z.number(), message: z.string() });

/** gRPC’s codes that another member, or the same one a moment later, may answer differently. */
const passing = new Set([1, 4, 8, 13, 14]);
const unauthenticated = 16;

/** etcd has understood, and says no. */
class EtcdRefusal extends Error {
  readonly code: number;
  constructor({ code, message }: z.output<typeof Refusal>) {
    super(message);
    this.code = code;
  }
}

/** How long is waited before all members are tried again, and how long one may take while others are left. */
const restMs = 50;
const memberMs = 1_000;

/**
 * HTTP to whichever member of an etcd answers. Everything asked through it may be done twice: what was
 * not answered is asked again, of the next member, until the time is over. Throws `etcd-unreachable`,
 * and EtcdRefusal.
 */
export class Gateway {
  readonly #access: EtcdAccess;
  readonly #plain = new PlainAgent({ keepAlive: true });
  readonly #secure: SecureAgent;
  #at = 0;
  #token: string | null = null;

  constructor(access: EtcdAccess) {
    this.#access = access;
    const { ca, cert, key } = access.tls ?? { ca: null, cert: null, key: null };
    this.#secure = new SecureAgent({
      keepAlive: true,
      ...(ca === null ? {} : { ca }),
      ...(cert === null ? {} : { cert }),
      ...(key === null ? {} : { key }),
    });
  }

  /** The answer as JSON. `withinMs` is the access’s own time where it is not given. */
  async call(path: string, body: unknown, signal: AbortSignal, withinMs?: number): Promise<unknown> {
    const limitMs = withinMs ?? this.#access.timeoutMs;
    const deadline = performance.now() + limitMs;
    let said: string | null = null;
    for (let tried = 1; ; tried += 1) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw this.#unreachable(said ?? 'no member answers', limitMs);
      try {
        const onlyMs = this.#access.endpoints.length > 1 ? Math.min(memberMs, leftMs) : leftMs;
        return await within(onlyMs, signal, (either) => this.#once(path, body, either));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof EtcdRefusal && error.code === unauthenticated && this.#token !== null) {
          this.#token = null;
        } else if (error instanceof EtcdRefusal && !passing.has(error.code)) throw error;
        if (!isOurEnd(error)) said = `${this.#endpoint} says ${messageOf(error)}`;
        this.#at = (this.#at + 1) % this.#access.endpoints.length;
        if (tried % this.#access.endpoints.length === 0) await pause(Math.min(restMs, leftMs));
      }
    }
  }

  /** The lines of an answer that does not end, from one member, until it or the signal ends it. */
  async *stream(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<unknown> {
    const response = await this.#send(path, body, signal);
    response.setEncoding('utf8');
    let rest = '';
    for await (const part of response) {
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield JSON.parse(line);
    }
  }

  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  async #once(path: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    return JSON.parse(await textOf(await this.#send(path, body, signal)));
  }

  async #send(path: string, body: unknown, signal: AbortSignal): Promise<IncomingMessage> {
    if (this.#token === null && this.#access.user !== '') this.#token = await this.#signIn(signal);
    return this.#post(path, body, signal);
  }

  async #signIn(signal: AbortSignal): Promise<string> {
    const { user: name, password } = this.#access;
    const response = await this.#post('auth/authenticate', { name, password }, signal);
    return z.object({ token: z.string() }).parse(JSON.parse(await textOf(response))).token;
  }

  async #post(path: string, body: unknown, signal: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(`/v3/${path}`, this.#endpoint);
    const options = {
      method: 'POST',
      signal,
      headers: {
        'content-type': 'application/json',
        ...(this.#token === null ? {} : { authorization: this.#token }),
      },
    };
    const sent: ClientRequest =
      url.protocol === 'https:'
        ? securely(url, { ...options, agent: this.#secure })
        : plainly(url, { ...options, agent: this.#plain });
    // An answer that is cut off is told where it is read.
    sent.on('error', () => {});
    sent.end(JSON.stringify(body));
    const [response]: IncomingMessage[] = await once(sent, 'response');
    if (response === undefined) throw new Error('no answer');
    if (response.statusCode === 200) return response;
    throw refusalIn(response.statusCode ?? 0, await textOf(response));
  }

  get #endpoint(): string {
    return this.#access.endpoints[this.#at] ?? '';
  }

  #unreachable(said: string, limitMs: number): BatonError {
    return new BatonError(
      'etcd-unreachable',
      `etcd did not answer within ${Math.round(limitMs)} ms: ${said}`,
    );
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const part of response) text += part;
  return text;
}

/** The time that we gave it was over. */
function isOurEnd(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function refusalIn(status: number, text: string): Error {
  try {
    return new EtcdRefusal(Refusal.parse(JSON.parse(text)));
  } catch {
    if (status === 404) return new Error('HTTP 404, so no etcd from 3.4 on listens there');
    return new Error(`HTTP ${status}: ${text.trim().slice(0, 200)}`);
  }
}

/**
 * Ends what is asked after so long, or with the signal. By a timer of our own: a signal of AbortSignal.timeout
 * that only AbortSignal.any knows of may be collected by Node 20, and its time never comes.
 */
async function within<Value>(
  milliseconds: number,
  signal: AbortSignal,
  ask: (either: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), milliseconds);
  const rise = whenAborted(signal, () => end.abort(signal.reason));
  try {
    return await ask(end.signal);
  } finally {
    clearTimeout(timer);
    rise();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
