import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * Below those that systems give to connections of their own: a server that is killed and started again
 * would find its port taken by whoever has connected to something meanwhile, perhaps to that very port.
 */
const first = 10_000;
const behindLast = 32_000;

/** Distinct ports of 127.0.0.1 on which nobody listens: held all at once, then let go all at once. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held = new Map<number, Server>();
  while (held.size < count) {
    const port = first + Math.floor(Math.random() * (behindLast - first));
    const server = held.has(port) ? null : await listening(port);
    if (server !== null) held.set(port, server);
  }
  await Promise.all([...held.values()].map((server) => once(server.close(), 'close')));
  return [...held.keys()].sort((a, b) => a - b);
}

/** Null where somebody has the port. */
async function listening(port: number): Promise<Server | null> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  } catch {
    return null;
  }
}
