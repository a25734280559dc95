import { chmod, rename, rm, stat } from 'node:fs/promises';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { type Audit, unwritten } from '../telemetry/audit.ts';
import { socketDoor } from './door/doors.ts';
import { registerRoutes, type Served } from './routes.ts';
import { createServer } from './server.ts';

/**
 * Answers the command line on a unix socket that only the daemon’s own user may open. Whoever holds the state file owns
 * the socket beside it, so one that lies there is left over and is replaced. It is made under a name of its own,
 * which is what closing removes by itself; at `path` another controller’s may lie by then, and that stays. Throws
 * `config-invalid` where it cannot be opened.
 */
export async function serveSocket(
  served: Served,
  path: string,
  audit: Audit = unwritten,
): Promise<{ close(): Promise<void> }> {
  const server = createServer(socketDoor(), null, audit);
  registerRoutes(server, served);
  try {
    const born = `${path}.${process.pid.toString(36)}`;
    await rm(born, { force: true });
    await server.listen({ path: born });
    await chmod(born, 0o600);
    await rename(born, path);
  } catch (error) {
    await server.close();
    const because = `nobody could ask this controller, for ${path} cannot be opened: ${messageOf(error)}`;
    throw new BatonError('config-invalid', `StateFile: ${because}`, { cause: error });
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
