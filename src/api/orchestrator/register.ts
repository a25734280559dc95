import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { BatonError, type ErrorCode, messageOf } from '../../kernel/errors.ts';
import { type Answer, errorOf, refused } from './answer.ts';
import { Asked } from './asked.ts';
import { statusRoute } from './nouns/health.ts';
import type { Route, Served } from './route.ts';
import { answered, leftOut, withOlderWords } from './routes.ts';

const json = 'application/json; charset=UTF-8';

/**
 * orchestrator’s HTTP API v1 below `/api`, for orchestrator-client and whatever else was written for it (orchestrator
 * 3.2.6, section 5). Every route says what it `needs`; the door asks for that.
 */
export function registerOrchestrator(server: FastifyInstance, served: Served): void {
  void server.register(
    async (api) => {
      api.setErrorHandler((error, _, reply) => failed(error, reply));
      api.setNotFoundHandler((_, reply) => send(reply, 404, errorOf('404 page not found')));
      for (const route of withOlderWords(answered)) api.route(optionsOf(route, api.prefix, served));
      for (const { path, because } of withOlderWords(leftOut))
        api.route(optionsOf({ path, needs: 'view', answer: () => refused(because) }, api.prefix, served));
    },
    { prefix: '/api' },
  );
  registerStatusEndpoint(server, served);
}

/** The status where balancers look for it (StatusEndpoint); its usual place is one of the routes. */
function registerStatusEndpoint(server: FastifyInstance, served: Served): void {
  const { StatusEndpoint: url } = served.controller.view.config;
  if (url === '' || url === '/api/status') return;
  void server.register(async (api) => {
    api.setErrorHandler((error, _, reply) => failed(error, reply));
    api.route({ ...optionsOf(statusRoute, '', served), url });
  });
}

/** orchestrator changes things by GET, and so does its client; POST is for those who would rather not. */
function optionsOf({ path, needs, answer }: Route, prefix: string, served: Served): RouteOptions {
  return {
    method: needs === 'nobody' || needs === 'view' ? ['GET'] : ['GET', 'POST'],
    url: path === '' ? '/' : `/${path}`,
    config: { needs },
    handler: async (request, reply) => said(reply, await answer(askedBy(request, prefix), served)),
  };
}

function askedBy(request: FastifyRequest, prefix: string): Asked {
  const { headers, params, query, url, caller } = request;
  return new Asked({
    headers,
    by: caller.name ?? 'api',
    path: (url.split('?')[0] ?? '').slice(prefix.length + 1),
    params: params as Record<string, string>,
    query: query as Record<string, unknown>,
  });
}

function said(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.kind === 'bare') return send(reply, answer.status, answer.body);
  return send(reply, answer.body.Code === 'OK' ? 200 : 500, answer.body);
}

/** orchestrator says 500 to whatever it refuses, also to whoever may not ask for it; whom nobody knows, it sends away with 401. */
function failed(error: unknown, reply: FastifyReply): FastifyReply {
  const code = error instanceof BatonError ? error.code : null;
  const words = code === 'not-allowed' ? `Unauthorized: ${messageOf(error)}` : messageOf(error);
  return send(reply, statusOf(error), errorOf(words));
}

function statusOf(error: unknown): number {
  if (error instanceof BatonError) return keptOut[error.code] ?? 500;
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** What keeps somebody out before orchestrator’s own code would have heard of it. */
const keptOut: Partial<Record<ErrorCode, number>> = {
  'not-signed-in': 401,
  'origin-refused': 403,
  'too-many-attempts': 429,
};

function send(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  // A bare string is a JSON text too, which fastify would send as it is.
  return reply.code(status).header('content-type', json).send(JSON.stringify(body));
}
