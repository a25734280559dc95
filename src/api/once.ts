import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import { BatonError } from '../kernel/errors.ts';
import { Serialised } from './serialised.ts';

const longestKey = 200;

declare module 'fastify' {
  interface FastifyInstance {
    /** Who remembers what was asked for with a key. */
    readonly askedOnce: () => Controller['askedOnce'];
  }
}

/** Has changes that are asked for with an Idempotency-Key done once. Called before they are registered. */
export function answerOnce(server: FastifyInstance, controller: Controller): void {
  server.decorate('askedOnce', () => controller.askedOnce);
}

/**
 * Asks once for each Idempotency-Key of a caller: whoever asks again, also the next controller that leads, gets the same
 * answer, or the same refusal, and nothing is done a second time. Throws `usage` where a key comes back with other words.
 */
export async function answeredOnce(
  request: FastifyRequest,
  ask: (request: FastifyRequest) => Promise<unknown>,
): Promise<unknown> {
  const given = request.headers['idempotency-key'];
  if (given === undefined) return ask(request);
  const key = String(given);
  if (key === '' || key.length > longestKey)
    throw new BatonError('usage', `an Idempotency-Key has 1 to ${longestKey} characters`);
  const json = await request.server.askedOnce().ask({
    key: [request.caller.name, request.method, request.url, key],
    body: request.body,
    work: async () => JSON.stringify(await ask(request)),
  });
  return new Serialised(json);
}
