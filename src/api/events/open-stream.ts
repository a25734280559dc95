import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Somebody who takes nothing has this long for the last word. */
const lastWordMs = 5_000;

/** Begins a stream of server-sent events, with the headers that every answer has. */
export function openStream(reply: FastifyReply): ServerResponse {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  return raw;
}

/** Ends a stream, and says why to whoever still reads. */
export function dropStream(raw: ServerResponse, because: string): void {
  raw.end(`event: dropped\ndata: ${JSON.stringify({ because })}\n\n`);
  const ending = setTimeout(() => raw.destroy(), lastWordMs).unref();
  raw.once('close', () => clearTimeout(ending));
}
