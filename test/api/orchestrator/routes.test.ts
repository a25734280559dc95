import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { answered, leftOut, withOlderWords } from '../../../src/api/orchestrator/routes.ts';
import { registerOrchestrator } from '../../../src/api/orchestrator/register.ts';
import { createServer } from '../../../src/api/server.ts';
import { aController, aFleet } from '../../controller/a-controller.ts';
import { anApi } from './an-api.ts';

/** The 222 routes of orchestrator 3.2.6 and their 23 older words (section 5.4). */
const reference = readFileSync(new URL('../../fixtures/orchestrator-routes.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

it('every route of orchestrator’s is answered, or left out with a sentence, and none is both', () => {
  const [yes, no] = [withOlderWords(answered), withOlderWords(leftOut)].map((routes) =>
    routes.map(({ path }) => path),
  );
  expect(reference).toHaveLength(245);
  expect(reference.filter((path) => !yes?.includes(path) && !no?.includes(path))).toEqual([]);
  expect(yes?.filter((path) => no?.includes(path))).toEqual([]);
  expect(new Set([...(yes ?? []), ...(no ?? [])]).size).toBe((yes?.length ?? 0) + (no?.length ?? 0));
});

it('a route that is left out answers ERROR with its sentence', async () => {
  const api = await anApi(aFleet('b'));
  for (const { path, because } of withOlderWords(leftOut)) {
    const { status, body } = await api.ask(path.replaceAll(/:\w+/g, '1'));
    expect([path, status, body]).toEqual([path, 500, { Code: 'ERROR', Message: because, Details: null }]);
  }
});

it('every route of orchestrator’s answers JSON, whatever stands in its parameters', async () => {
  const api = await anApi(aFleet('b'));
  for (const path of reference) {
    const { status, type } = await api.ask(path.replaceAll(/:\w+/g, 'nothing'));
    expect([path, type, status < 600]).toEqual([path, 'application/json; charset=UTF-8', true]);
  }
});

it('a route that nobody knows is not found, in JSON', async () => {
  const api = await anApi(aFleet('b'));
  expect(await api.ask('nonsense')).toEqual({
    status: 404,
    type: 'application/json; charset=UTF-8',
    body: { Code: 'ERROR', Message: '404 page not found', Details: null },
  });
});

it('a slash at the end, a line’s end in a parameter and HEAD are taken', async () => {
  const api = await anApi(aFleet('b'));
  const plain = await api.ask('instance/b/1');
  expect(plain.body).toMatchObject({ Key: { Hostname: 'b', Port: 1 } });
  expect((await api.ask('instance/b/1/')).body).toMatchObject({ Key: { Hostname: 'b', Port: 1 } });
  expect((await api.ask('search?s=b%3A1%0A')).body).toHaveLength(1);
  expect((await api.ask('begin-downtime/b/1/ann%0A/a%20new%20disk%0A/5m')).status).toBe(200);
  expect(api.controller.restraints.report().downtimes).toMatchObject([{ who: 'ann', why: 'a new disk' }]);
  expect((await api.ask('', 'HEAD')).status).toBe(200);
});

it('a look at the headers of a write writes nothing', async () => {
  const api = await anApi(aFleet('b'));
  expect((await api.ask('disable-global-recoveries', 'HEAD')).status).toBe(200);
  expect(api.controller.restraints.report().disabled).toBeNull();
  expect((await api.ask('disable-global-recoveries', 'POST')).status).toBe(200);
  expect(api.controller.restraints.report().disabled).not.toBeNull();
});

it('whoever may only look is told that he is unauthorized, and nothing is done', async () => {
  const controller = await aController(aFleet('b'), { StatusEndpoint: '/status' });
  const looking = { name: 'ann', role: 'view', speaksForOthers: false } as const;
  const server = createServer({ admit: async () => looking, closedToChanges: () => null }, null);
  registerOrchestrator(server, { controller, reload: async () => ({ changes: [], waitsFor: [] }) });
  const { statusCode, payload } = await server.inject('/api/disable-global-recoveries');
  expect([statusCode, JSON.parse(payload).Message]).toEqual([
    500,
    'Unauthorized: this needs the role recover, and ann has the role view',
  ]);
  expect(controller.restraints.report().disabled).toBeNull();
  expect((await server.inject('/api/check-global-recoveries')).statusCode).toBe(200);
  expect((await server.inject('/status')).json()).toMatchObject({ Code: 'OK' });
});
