import { chmod, rm } from 'node:fs/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { registerRecoveries } from './recoveries.ts';
import { registerTopology } from './topology.ts';

/**
 * Answers the command line on a unix socket that only the daemon's own user may open. Whoever holds
 * the state file owns the socket beside it, so one that lies there is left over and is removed.
 */
export async function serveSocket(controller: Controller, path: string): Promise<{ close(): Promise<void> }> {
  const server = apiOf(controller);
  await rm(path, { force: true });
  await server.listen({ path });
  await chmod(path, 0o600);
  return {
    async close() {
      await server.close();
      await rm(path, { force: true });
    },
  };
}

function apiOf(controller: Controller): FastifyInstance {
  const server = Fastify({ forceCloseConnections: true });
  server.setErrorHandler((error, _, reply) => {
    const known = error instanceof BatonError ? error : null;
    const status = known?.code === 'run-unknown' ? 404 : known?.code === 'usage' ? 400 : 500;
    return reply
      .code(status)
      .send({ code: known?.code ?? 'unexpected', message: messageOf(error), fix: known?.fix ?? '' });
  });
  registerTopology(server, controller);
  registerRecoveries(server, controller);
  return server;
}
