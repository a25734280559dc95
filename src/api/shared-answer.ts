import type { FastifyInstance } from 'fastify';
import { changes } from './door/caller.ts';
import { needOf } from './door/guard.ts';
import { Serialised } from './route.ts';

/** A big answer may be as old as this. */
const keptMs = 250;

/**
 * Makes a big answer once for all who ask at about the same time, and anew after each change that somebody has asked
 * for. A thousand instances are a megabyte; to make it for each of many who ask would keep the detector waiting.
 */
export function sharedAnswer(server: FastifyInstance, make: () => unknown): () => Serialised {
  let kept: { readonly answer: Serialised; readonly at: number } | null = null;
  server.addHook('onResponse', async (request) => {
    if (changes(needOf(request))) kept = null;
  });
  return () => {
    const now = performance.now();
    if (kept === null || now - kept.at >= keptMs)
      kept = { answer: new Serialised(JSON.stringify(make())), at: now };
    return kept.answer;
  };
}
