import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { webhookHeaders } from '../../src/hooks/spawner/signature.ts';
import { webhookPublisher } from '../../src/publish/webhook.ts';
import { shop } from './contract.ts';

const { signal } = new AbortController();

interface Post {
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

async function aReceiver(status = 204): Promise<{ url: string; posts: Post[] }> {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      posts.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, posts };
}

it('each word is posted as JSON with a signature that can be checked', async () => {
  const { url, posts } = await aReceiver();
  const headers = (message: Parameters<typeof webhookHeaders>[0]) => webhookHeaders(message, 'key');
  const publisher = webhookPublisher({ url, headers });
  await publisher.publish(shop, 'db1:3306', signal);
  await publisher.withdraw(shop, signal, '1700000000:ab');
  expect(posts.map(({ body }) => JSON.parse(body))).toEqual([
    { cluster: shop, primary: 'db1:3306', hostname: 'db1', port: 3306, recovery: null },
    { cluster: shop, primary: null, hostname: null, port: null, recovery: '1700000000:ab' },
  ]);
  for (const { headers: sent, body } of posts) {
    const seconds = Number(sent['webhook-timestamp']);
    expect(sent).toMatchObject(webhookHeaders({ id: String(sent['webhook-id']), seconds, body }, 'key'));
  }
});

it('what was taken last is remembered, and nothing is before, or where it was refused', async () => {
  const { url } = await aReceiver();
  const publisher = webhookPublisher({ url, headers: () => ({}) });
  expect(await publisher.published(shop, signal)).toEqual(['unknown']);
  await publisher.publish(shop, 'db1:3306', signal);
  expect(await publisher.published(shop, signal)).toEqual(['db1:3306']);
  await publisher.withdraw(shop, signal);
  expect(await publisher.published(shop, signal)).toEqual([null]);
  const refusing = webhookPublisher({ url: (await aReceiver(503)).url, headers: () => ({}) });
  await expect(refusing.publish(shop, 'db1:3306', signal)).rejects.toThrow('it answered 503');
  expect(await refusing.published(shop, signal)).toEqual(['unknown']);
});
