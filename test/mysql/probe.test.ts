import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { Probe } from '../../src/mysql/probe.ts';

/** A packet of the protocol: three bytes of length, its number, what it holds. */
function packet(number: number, ...parts: readonly (string | readonly number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([body.length & 255, body.length >> 8, 0, number]), body]);
}

const tooMany = packet(0, [0xff, 0x10, 0x04], 'Too many connections');
const greeting = packet(
  0,
  [10],
  '10.11.0-MariaDB\0',
  [1, 0, 0, 0],
  'abcdefgh',
  [0, 0xff, 0xf7, 8, 2, 0, 0xff, 0x81, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  'ijklmnopqrst\0',
  'mysql_native_password\0',
);

/** An address where connections are taken, and whatever `behave` says is done with them. */
async function aServer(behave: (socket: Socket) => void): Promise<InstanceKey> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    behave(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Looks, each time by the same probe. */
function looker(key: InstanceKey) {
  const access = { user: 'baton', password: '', connectTimeoutMs: 5_000, tls: null };
  const probe = new Probe(key, access, () => {});
  onTestFinished(() => probe.close());
  return async () => {
    const { outcome, echo, error } = await probe.look(200, () => performance.now());
    return { outcome, echo, error: error?.replace(key, 'it') };
  };
}

it.each<[what: string, behave: (socket: Socket) => void, echo: string, error: string]>([
  ['says nothing', () => {}, 'silent', 'it did not answer within 200 ms'],
  ['ends it at once', (socket) => socket.end(), 'reset', 'it cannot be asked: the connection was closed'],
  ['breaks it off', (socket) => socket.resetAndDestroy(), 'reset', expect.stringContaining('ECONNRESET')],
  [
    'has too many of them',
    (socket) => socket.end(tooMany),
    'answered',
    'it cannot be asked: Too many connections',
  ],
  [
    'greets, and says nothing more',
    (socket) => socket.write(greeting),
    'answered',
    'it did not answer within 200 ms, though it has said something',
  ],
  [
    'greets, and ends it',
    (socket) => socket.end(greeting),
    'answered',
    'it cannot be asked: the connection was closed, though it has said something',
  ],
])('a server that takes a connection and %s was heard so', async (_, behave, echo, error) => {
  const look = looker(await aServer(behave));
  const heard = { outcome: 'failed', echo, error };
  expect(await look()).toEqual(heard);
  expect(await look()).toEqual(heard);
});

it('a server that answers garbage has answered', async () => {
  const look = looker(await aServer((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(9))));
  expect(await look()).toMatchObject({ outcome: 'failed', echo: 'answered' });
});

it('an address where nothing listens refuses', async () => {
  const refused = { outcome: 'failed', echo: 'refused', error: 'it refuses connections' };
  expect(await looker('127.0.0.1:1')()).toEqual(refused);
});

it('a name that nobody knows is silent', async () => {
  expect(await looker('nowhere.invalid:3306')()).toMatchObject({ outcome: 'failed', echo: 'silent' });
});
