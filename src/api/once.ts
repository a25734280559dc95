import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BatonError } from '../kernel/errors.ts';

const keptMs = 86_400_000;
const mostKept = 10_000;
const longestKey = 200;

interface Asked {
  readonly digest: string;
  readonly at: number;
  readonly answer: Promise<unknown>;
}

/** Answers by their keys, the oldest first; of one server. */
const asked = new WeakMap<object, Map<string, Asked>>();

/**
 * Asks once for each Idempotency-Key of a caller: whoever asks again gets the same answer, or the same refusal, and
 * nothing is done a second time. Kept for a day in this process, the newest ten thousand; another controller knows none.
 * Throws `usage` where a key comes back with other words.
 */
export function answeredOnce(
  server: FastifyInstance,
  ask: (request: FastifyRequest) => Promise<unknown>,
): (request: FastifyRequest) => Promise<unknown> {
  const kept = asked.get(server.server) ?? new Map<string, Asked>();
  asked.set(server.server, kept);
  return (request) => {
    const given = request.headers['idempotency-key'];
    if (given === undefined) return ask(request);
    const key = String(given);
    if (key === '' || key.length > longestKey)
      throw new BatonError('usage', `an Idempotency-Key has 1 to ${longestKey} characters`);
    const name = JSON.stringify([request.caller.name, request.method, request.url, key]);
    const digest = createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('hex');
    const now = performance.now();
    const earlier = kept.get(name);
    if (earlier !== undefined && now - earlier.at < keptMs) {
      if (earlier.digest === digest) return earlier.answer;
      throw new BatonError('usage', `the Idempotency-Key ${JSON.stringify(key)} was used for something else`);
    }
    const answer = ask(request);
    answer.catch(() => {});
    kept.delete(name);
    kept.set(name, { digest, at: now, answer });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}
