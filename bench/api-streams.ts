import { connect, type Socket } from 'node:net';

/** Streams of events that stay open and are read. */
export interface Streams {
  readonly open: number;
  /** What was answered to those that were refused, without its body. */
  readonly refusals: readonly string[];
  /** How many of them have been told something since they were opened. */
  told(): number;
  close(): void;
}

/** So many are opened at a time. */
const atOnce = 100;

export async function openStreams(url: URL, count: number): Promise<Streams> {
  const sockets: Socket[] = [];
  const refusals: string[] = [];
  const told = new Set<Socket>();
  const openOne = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ host: url.hostname, port: Number(url.port) });
      socket.on('error', reject);
      socket.write(`GET /baton/v1/events HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
      socket.once('data', (first) => {
        const [status = ''] = String(first).split('\r\n');
        if (status.includes(' 200 ')) sockets.push(socket);
        else refusals.push(status);
        socket.on('data', (part) => {
          if (part.includes('id: ')) told.add(socket);
        });
        resolve();
      });
    });
  for (let opened = 0; opened < count; opened += atOnce)
    await Promise.all(Array.from({ length: Math.min(atOnce, count - opened) }, openOne));
  return {
    open: sockets.length,
    refusals,
    told: () => told.size,
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
