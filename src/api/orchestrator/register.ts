import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { BatonError, type ErrorCode, messageOf } from '../../kernel/errors.ts';
import { type Answer, errorOf, refused } from './answer.ts';
import { askLeader, leaderFor } from './ask-leader.ts';
import { Asked } from './asked.ts';
import { type SharedAnswers, sharedAnswers } from '../shared-answer.ts';
import { statusRoute } from './nouns/health.ts';
import type { Route, Served } from './route.ts';
import { answered, leftOut, withOlderWords } from './routes.ts';

const json = 'application/json; charset=UTF-8';

/** What a route is registered with. */
interface Registered {
  readonly prefix: string;
  readonly served: Served;
  readonly shared: SharedAnswers;
}

/**
 * orchestrator’s HTTP API v1 below `/api`, for orchestrator-client and whatever else was written for it (orchestrator
 * 3.2.6, section 5). Every route says what it `needs`; the door asks for that.
 */
export function registerOrchestrator(server: FastifyInstance, served: Served): void {
  void server.register(
    async (api) => {
      api.setErrorHandler((error, _, reply) => failed(error, reply));
      api.setNotFoundHandler((_, reply) => send(reply, 404, errorOf('404 page not found')));
      const shared = sharedAnswers(api, served.controller);
      const add = (route: Route) => api.route(optionsOf(route, { prefix: api.prefix, served, shared }));
      for (const route of withOlderWords(answered)) add(route);
      for (const { path, because } of withOlderWords(leftOut))
        add({ path, needs: 'view', answer: () => refused(because) });
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
    const shared = sharedAnswers(api, served.controller);
    api.route({ ...optionsOf(statusRoute, { prefix: '', served, shared }), url });
  });
}

/** orchestrator changes things by GET, and so does its client; POST is for those who would rather not. */
function optionsOf(route: Route, { prefix, served, shared }: Registered): RouteOptions {
  const { path, needs, isShared, answer } = route;
  const answered = (request: FastifyRequest) => answer(askedBy(request, prefix), served);
  return {
    method: needs === 'nobody' || needs === 'view' ? ['GET'] : ['GET', 'POST'],
    url: path === '' ? '/' : `/${path}`,
    config: { needs },
    handler:
      isShared === true
        ? async (request, reply) => {
            const { bytes } = await shared.of(request.url, async () => bodyOf(await answered(request)));
            return reply.header('content-type', json).send(bytes);
          }
        : async (request, reply) => {
            const leader = leaderFor(route, request, served);
            if (leader === null) return said(reply, await answered(request));
            const { status, text } = await askLeader(leader, request, served.controller.view.config);
            return reply.code(status).header('content-type', json).send(text);
          },
  };
}

/** What is shared is a list, or an envelope of one, and no refusal. */
function bodyOf({ body }: Answer): unknown {
  return body;
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
  'too-many-changes': 429,
};

function send(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  // A bare string is a JSON text too, which fastify would send as it is.
  return reply.code(status).header('content-type', json).send(JSON.stringify(body));
}
