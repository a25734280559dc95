import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { expect } from 'vitest';
import type { AnEtcd } from './an-etcd.ts';

interface Pem {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** From now on an etcd asks who is there, and lets this user in under `/baton`. `pem` is what it wants of a connection. */
export async function letIn(
  server: AnEtcd,
  { user, password }: { user: string; password: string },
  pem: Pem | null = null,
): Promise<void> {
  const [endpoint = ''] = server.endpoints;
  const done = async (path: string, body: object) =>
    expect([path, await ask(`${endpoint}/v3/auth/${path}`, JSON.stringify(body), pem)]).toEqual([path, 200]);
  const range = { key: btoa('/baton/'), range_end: btoa('/baton0') };
  await done('user/add', { name: 'root', password: 'r' });
  await done('role/add', { name: 'root' });
  await done('user/grant', { user: 'root', role: 'root' });
  await done('user/add', { name: user, password });
  await done('role/add', { name: 'baton' });
  await done('role/grant', { name: 'baton', perm: { permType: 'READWRITE', ...range } });
  await done('user/grant', { user, role: 'baton' });
  await done('enable', {});
}

function ask(url: string, body: string, pem: Pem | null): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = (pem === null ? plainRequest : request)(url, { method: 'POST', ...pem }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.on('error', reject).end(body);
  });
}
