import { chmod, rename, rm, stat } from 'node:fs/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import { BatonError, type ErrorCode, messageOf } from '../kernel/errors.ts';
import type { StoredPages } from '../journal/archive.ts';
import type { ReloadReport } from '../controller/reloading.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { registerCounsel } from './counsel.ts';
import { registerJournal } from './journal.ts';
import { registerOperations } from './operations.ts';
import { registerPublications } from './publications.ts';
import { registerRecoveries } from './recoveries.ts';
import { registerRejoins } from './rejoins.ts';
import { registerReload } from './reload.ts';
import { registerRequests } from './requests.ts';
import { registerRestraints } from './restraints.ts';
import { registerTopology } from './topology.ts';

/** What is asked: a controller, and its journal as it is stored. */
interface Served {
  readonly controller: Controller;
  readonly pages: StoredPages;
  /** What is counted, as Prometheus reads it. */
  readonly metrics: Pick<Metrics, 'text'>;
  readonly reload: (who: string) => Promise<ReloadReport>;
}

/**
 * Answers the command line on a unix socket that only the daemon's own user may open. Whoever holds the state file owns
 * the socket beside it, so one that lies there is left over and is replaced. It is made under a name of its own,
 * which is what closing removes by itself; at `path` another controller's may lie by then, and that stays.
 */
export async function serveSocket(
  { controller, pages, metrics, reload }: Served,
  path: string,
): Promise<{ close(): Promise<void> }> {
  const server = apiOf(controller);
  registerJournal(server, pages);
  registerReload(server, reload);
  server.get('/metrics', async (_, reply) =>
    reply.type('text/plain; version=0.0.4').send(await metrics.text()),
  );
  const born = `${path}.${process.pid.toString(36)}`;
  await rm(born, { force: true });
  await server.listen({ path: born });
  try {
    await chmod(born, 0o600);
    await rename(born, path);
  } catch (error) {
    await server.close();
    throw error;
  }
  const own = await identityOf(path);
  return {
    async close() {
      await server.close();
      if (own !== null && (await identityOf(path)) === own) await rm(path, { force: true });
    },
  };
}

/** Tells one file from another that has taken its name, and its inode, since; null where there is none. */
async function identityOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found === null ? null : `${found.ino} ${found.birthtimeNs}`;
}

const statuses: Partial<Record<ErrorCode, number>> = {
  usage: 400,
  'config-invalid': 422,
  'config-missing': 422,
  'config-not-json': 422,
  'cluster-unknown': 404,
  'instance-unknown': 404,
  'run-unknown': 404,
  'nothing-asked': 409,
  'run-active': 409,
  'cluster-busy': 409,
  'not-leader': 409,
  'lease-lost': 409,
  'request-refused': 409,
  'cancel-refused': 409,
  'run-ended': 409,
  'rejoin-refused': 409,
};

/** A question that cannot be read is whoever asks's; the server says so itself. */
function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' && status >= 400 ? status : 500;
}

function apiOf(controller: Controller): FastifyInstance {
  const server = Fastify({ forceCloseConnections: true });
  server.setErrorHandler((error, _, reply) => {
    const known = error instanceof BatonError ? error : null;
    return reply
      .code(known === null ? statusOf(error) : (statuses[known.code] ?? 500))
      .send({ code: known?.code ?? 'unexpected', message: messageOf(error), fix: known?.fix ?? '' });
  });
  registerTopology(server, controller);
  registerCounsel(server, controller);
  registerRecoveries(server, controller);
  registerOperations(server, controller);
  registerRequests(server, controller);
  registerRestraints(server, controller);
  registerRejoins(server, controller);
  registerPublications(server, controller);
  return server;
}
