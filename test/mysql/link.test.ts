import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import mysql, { type Connection } from 'mysql2';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Link } from '../../src/mysql/link.ts';

/** Speaks the protocol and no more: `answers` says whether a question of the nth connection is answered. */
async function aServer(answers: (connection: number, text: string) => boolean): Promise<number> {
  // The driver's server side does not begin anew to count packets for each question, and says so.
  const muted = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => muted.mockRestore());
  let connections = 0;
  const server = mysql.createServer((connection) => {
    connections += 1;
    const nth = connections;
    connection.on('error', () => {});
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '10.11.0-MariaDB',
      connectionId: nth,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xffffff,
    });
    connection.on('query', (text: string) => {
      if (answers(nth, text)) (connection as Connection & { writeOk(): void }).writeOk();
    });
  });
  // Not in the driver's types: the listening socket itself.
  const { _server: listening } = server as unknown as { _server: Server };
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => void listening.close());
  return (listening.address() as AddressInfo).port;
}

function aLink(port: number): Link {
  const access = { user: 'baton', password: '', connectTimeoutMs: 5_000, tls: null };
  const link = new Link(`127.0.0.1:${port}`, access, {
    prepare: async (ask) => void (await ask('WHO ARE YOU')),
    onLost: () => {},
  });
  onTestFinished(() => link.close());
  return link;
}

it('a connection that is late does not take the next one with it', async () => {
  const port = await aServer((connection) => connection > 1);
  const link = aLink(port);
  const late = expect(link.ask('SELECT 1', 100)).rejects.toThrow('did not answer within 100 ms');
  const next = link.ask('SELECT 1', 5_000);
  await late;
  expect(await next).toHaveLength(1);
});

it('a server that hangs costs all who ask it together no more than one timeout', async () => {
  const link = aLink(await aServer(() => false));
  const began = performance.now();
  const asked = await Promise.allSettled(Array.from({ length: 5 }, () => link.ask('SELECT 1', 400)));
  expect(performance.now() - began).toBeLessThan(800);
  for (const { status } of asked) expect(status).toBe('rejected');
});

it('an answer that came while the controller stood still is not late', async () => {
  const link = aLink(
    await aServer((_, text) => {
      if (text === 'STAND STILL') setImmediate(() => standStill(300));
      return true;
    }),
  );
  await link.ask('SELECT 1', 200);
  expect(await link.ask('STAND STILL', 200)).toHaveLength(1);
});

it('a server that is far away is not silent, though a new connection takes longer than one question may', async () => {
  const far = await farAway(await aServer(() => true), 100);
  const link = aLink(far);
  const began = performance.now();
  expect(await link.ask('SELECT 1', 450)).toHaveLength(1);
  expect(performance.now() - began).toBeGreaterThan(600);
  // Where the connection stands, a question is one round trip.
  await expect(link.ask('SELECT 1', 150)).rejects.toThrow('did not answer within 150 ms');
});

it('a server that never comes to its first answer is not waited for endlessly', async () => {
  const dripping = createServer((socket) => {
    socket.on('error', () => {});
    const drip = setInterval(() => socket.write(Buffer.from([1])), 20);
    socket.on('close', () => clearInterval(drip));
  });
  dripping.listen(0, '127.0.0.1');
  await once(dripping, 'listening');
  onTestFinished(() => void dripping.close());
  const began = performance.now();
  await expect(aLink((dripping.address() as AddressInfo).port).ask('SELECT 1', 100)).rejects.toThrow();
  expect(performance.now() - began).toBeLessThan(1_500);
});

/** The same server, so many milliseconds away in each direction. */
async function farAway(port: number, awayMs: number): Promise<number> {
  const relay = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => {});
      from.on('data', (data) => setTimeout(() => to.write(data), awayMs));
      from.on('close', () => to.destroy());
    }
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  onTestFinished(() => void relay.close());
  return (relay.address() as AddressInfo).port;
}

function standStill(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}
