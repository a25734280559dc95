import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import Fastify, { type FastifyInstance } from 'fastify';
import { type Audit, unwritten } from '../telemetry/audit.ts';
import { auditChanges } from './door/audited.ts';
import { type Door, guard } from './door/guard.ts';
import { sendProblem } from './problems.ts';

/** No question is longer; the longest there are have a list of hosts in them. */
const bodyLimitBytes = 262_144;

/** Somebody who sends slowly has this long for the headers, and for all of it; a connection that says nothing is closed. */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 72_000,
  connectionsCheckingInterval: 1_000,
};

/** Somebody who takes nothing of an answer for so long is left; one that takes long to make is waited for. */
const untakenMs = 60_000;

/** More connections at a time are not taken. */
const mostConnections = 12_000;

/** A server that lets nobody in but by its door. Routes are registered in it afterwards. */
export function createServer(door: Door, tls: TlsOptions | null, audit: Audit = unwritten): FastifyInstance {
  const server = Fastify({
    forceCloseConnections: true,
    bodyLimit: bodyLimitBytes,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
    serverFactory: (listener) => serverOf(listener, tls),
  });
  server.setErrorHandler(sendProblem);
  server.setNotFoundHandler(({ method }, reply) =>
    sendProblem(
      Object.assign(new Error(`there is nothing to ${method} at this path`), {
        statusCode: 404,
        code: 'FST_ERR_NOT_FOUND',
        name: 'NotFound',
      }),
      reply.request,
      reply,
    ),
  );
  guard(server, door);
  auditChanges(server, audit);
  server.addHook('onSend', ({ raw }, _, payload, done) => {
    // What a test injects has no socket of its own.
    if (raw.socket instanceof Socket) raw.socket.setTimeout(untakenMs);
    done(null, payload);
  });
  return server;
}

function serverOf(listener: RequestListener, tls: TlsOptions | null): Server {
  const server =
    tls === null
      ? createPlainServer(timeouts, listener)
      : createTlsServer({ ...timeouts, handshakeTimeout: timeouts.headersTimeout, ...tls }, listener);
  server.maxConnections = mostConnections;
  return server;
}
