import type { FastifyInstance } from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { socketDoor } from '../../src/api/door/doors.ts';
import type { Documented } from '../../src/api/route.ts';
import { registerRoutes } from '../../src/api/routes.ts';
import { createServer } from '../../src/api/server.ts';
import { served } from './served.ts';

interface Route {
  readonly method: string;
  readonly url: string;
  readonly needs: string;
  readonly documented: Documented | undefined;
}

async function aServer(): Promise<{ server: FastifyInstance; table: readonly Route[] }> {
  const server = createServer(socketDoor(), null);
  const table: Route[] = [];
  server.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat())
      table.push({ method: one, url, needs: config?.needs ?? '', documented: config?.documented });
  });
  registerRoutes(server, await served());
  onTestFinished(() => server.close());
  await server.ready();
  return { server, table };
}

it('describes every route of the native API by OpenAPI 3.1', async () => {
  const { server, table } = await aServer();
  const text = (await server.inject('/baton/v1/openapi.json')).body;
  const { openapi, paths, components } = JSON.parse(text);
  expect(openapi).toBe('3.1.0');
  const native = table.filter(({ url, method }) => url.startsWith('/baton/v1/') && method !== 'HEAD');
  const undescribed = native.filter(
    ({ url, method }) => paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] === undefined,
  );
  expect(undescribed).toEqual([]);
  const careless = native.filter(
    ({ url, documented }) => url.includes(':') && documented?.params === undefined,
  );
  expect(careless.map(({ url }) => url)).toEqual([]);
  const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
  expect(named.filter((name) => components.schemas[name] === undefined)).toEqual([]);
});

it('has a role for every route there is', async () => {
  const { table } = await aServer();
  expect(table.length).toBeGreaterThan(200);
  const roles = ['nobody', 'view', 'acknowledge', 'approve', 'recover', 'admin'];
  expect(table.filter(({ needs }) => !roles.includes(needs))).toEqual([]);
});

it('answers as it describes', async () => {
  const { server, table } = await aServer();
  const answers = (method: string, url: string) =>
    table.find((one) => one.method === method && one.url === url)?.documented?.answer;
  const asker = { by: 'ann', why: 'a test' };
  const { uid } = (
    await server.inject({
      method: 'POST',
      url: '/baton/v1/operations',
      payload: { ...asker, operation: { verb: 'stopReplica', instance: 'b:1' } },
    })
  ).json();
  for (const [method, url, payload] of [
    ['GET', '/baton/v1/clusters'],
    ['GET', '/baton/v1/findings'],
    ['GET', '/baton/v1/leader'],
    ['GET', '/baton/v1/readiness'],
    ['GET', '/baton/v1/restraints'],
    ['GET', '/baton/v1/recoveries'],
    ['GET', '/baton/v1/journal'],
    ['GET', '/baton/v1/journal/runs'],
    ['GET', '/baton/v1/openapi.json'],
    ['GET', '/baton/v1/clusters/:name/readiness'],
    ['GET', '/baton/v1/clusters/:name/explain'],
    ['GET', '/baton/v1/clusters/:name/succession'],
    ['GET', '/baton/v1/instances/:name/verdict'],
    ['POST', '/baton/v1/clusters/:name/takeover/preview', asker],
    ['POST', '/baton/v1/clusters/:name/force/preview', asker],
    ['POST', '/baton/v1/clusters/:name/rehearse'],
    ['POST', '/baton/v1/restraints/disable', asker],
    ['POST', '/baton/v1/reload', asker],
    ['POST', '/baton/v1/acknowledge', { ...asker, kind: 'all' }],
    ['POST', '/baton/v1/instances/:name/tags', { ...asker, tag: 'role=backup' }],
    ['GET', '/baton/v1/instances/:name/tags'],
    ['GET', '/baton/v1/tags'],
    ['POST', '/baton/v1/instances/:name/tags/remove', { ...asker, tag: 'role' }],
    ['POST', '/baton/v1/tags/remove', { ...asker, tag: 'role=backup' }],
    ['POST', '/baton/v1/instances/:name/promotion-rule', { ...asker, rule: 'prefer' }],
    ['GET', '/baton/v1/candidates'],
    ['POST', '/baton/v1/pools/:name', { ...asker, instances: ['b:1'] }],
    ['GET', '/baton/v1/pools'],
    ['GET', '/baton/v1/clusters/:name/pool-lag'],
    ['POST', '/baton/v1/clusters/:name/alias', { ...asker, alias: 'shop' }],
    ['POST', '/baton/v1/instances/:name/discover', asker],
    ['POST', '/baton/v1/instances/:name/forget/preview', asker],
    ['GET', '/baton/v1/audit'],
    ['GET', '/baton/v1/detections'],
    ['GET', '/baton/v1/changelog'],
    ['POST', '/baton/v1/clusters/:name/forget', asker],
  ] as const) {
    const answer = await server.inject({
      method,
      url: url.replace(':name', 'a:1').replace(':uid', String(uid)),
      ...(payload === undefined ? {} : { payload }),
    });
    expect([url, answer.statusCode, answer.body]).toEqual([url, 200, answer.body]);
    expect([url, answers(method, url)?.safeParse(answer.json()).error]).toEqual([url, undefined]);
  }
});

it('does once what is asked twice with one key, and refuses the key for something else', async () => {
  const { server } = await aServer();
  const ask = (why: string, key: string) =>
    server.inject({
      method: 'POST',
      url: '/baton/v1/downtime/begin',
      headers: { 'idempotency-key': key },
      payload: { by: 'ann', why, instance: 'b:1', forMs: 60_000 },
    });
  const first = await ask('a new disk', 'one');
  await server.inject({
    method: 'POST',
    url: '/baton/v1/downtime/end',
    payload: { by: 'ann', instance: 'b:1' },
  });
  const again = await ask('a new disk', 'one');
  expect(again.body).toBe(first.body);
  expect((await server.inject('/baton/v1/restraints')).json().downtimes).toEqual([]);
  expect((await ask('another disk', 'one')).json()).toMatchObject({ status: 400, code: 'usage' });
  expect((await ask('another disk', 'two')).statusCode).toBe(200);
});
