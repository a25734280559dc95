import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { socketDoor } from '../../src/api/door/doors.ts';
import { createServer } from '../../src/api/server.ts';

/** A server, and a client of it that writes what it is told; `server` is the other end of its connection. */
async function aServer() {
  const api = createServer(socketDoor(), null);
  onTestFinished(() => api.close());
  api.get('/big', { config: { needs: 'view' } }, async () => Buffer.alloc(32_000_000));
  api.post('/change', { config: { needs: 'view' } }, async () => 'done');
  await api.listen({ host: '127.0.0.1', port: 0 });
  const { server } = api;
  const { port } = server.address() as AddressInfo;
  const open = async () => {
    const connected = once(server, 'connection');
    const client = connect(port, '127.0.0.1');
    onTestFinished(() => void client.destroy());
    client.on('error', () => {});
    const [theirs] = (await connected) as [Socket];
    return { client, theirs };
  };
  return { server, open };
}

const said = async (client: Socket) => {
  let text = '';
  for await (const part of client) text += String(part);
  return text;
};

it('whoever sends headers slowly is answered 408 and closed, after ten seconds', async () => {
  const { server, open } = await aServer();
  expect(server.headersTimeout).toBe(10_000);
  server.headersTimeout = 100;
  server.requestTimeout = 100;
  const { client } = await open();
  client.write('GET /big HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  expect(await said(client)).toContain('408 Request Timeout');
});

it('whoever sends a body slowly is answered 408 and closed, after half a minute', async () => {
  const { server, open } = await aServer();
  expect(server.requestTimeout).toBe(30_000);
  server.headersTimeout = 100;
  server.requestTimeout = 100;
  const { client } = await open();
  client.write(
    'POST /change HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
  expect(await said(client)).toContain('408 Request Timeout');
});

it('whoever does not take an answer is closed when nothing was taken for a minute', async () => {
  const { open } = await aServer();
  const { client, theirs } = await open();
  client.pause();
  client.write('GET /big HTTP/1.1\r\nHost: x\r\n\r\n');
  while (theirs.writableLength === 0) await nextTurn();
  expect(theirs.timeout).toBe(60_000);
  theirs.setTimeout(100);
  await once(theirs, 'close');
  expect(theirs.destroyed).toBe(true);
});

it('headers that are too large are answered 431', async () => {
  const { open } = await aServer();
  const { client } = await open();
  client.write(`GET /big HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect(await said(client)).toContain('431 Request Header Fields Too Large');
});
