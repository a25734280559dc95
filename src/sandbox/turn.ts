import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Does `work` while no other process of this machine works on the same `path`. The turn is a socket of
 * Linux's abstract kind: it has no file, so one that dies during its turn leaves nothing behind.
 */
export async function inTurn<T>(path: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const name = `\0baton-${createHash('sha256').update(path).digest('hex')}`;
  const release = await take(name, signal);
  try {
    return await work();
  } finally {
    release();
  }
}

async function take(name: string, signal: AbortSignal): Promise<() => void> {
  for (;;) {
    signal.throwIfAborted();
    const release = await listen(name);
    if (release !== null) return release;
    await untilReleased(name, signal);
  }
}

async function listen(name: string): Promise<(() => void) | null> {
  const waiting = new Set<Socket>();
  const server: Server = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => socket.destroy());
  });
  server.listen(name);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null;
    throw error;
  }
  return () => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
}

/** Whoever has the turn never speaks; the connection ends with the turn. */
async function untilReleased(name: string, signal: AbortSignal): Promise<void> {
  const socket = connect(name);
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
  });
  const giveUp = () => socket.destroy();
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  await ended;
  signal.removeEventListener('abort', giveUp);
}
