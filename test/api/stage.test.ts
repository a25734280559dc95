import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { networkDoor } from '../../src/api/door/doors.ts';
import { registerRoutes } from '../../src/api/routes.ts';
import { createServer } from '../../src/api/server.ts';
import { defaultConfig } from '../../src/config/keys.ts';
import { silence } from '../../src/hooks/voices.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { Stage } from '../../src/simulation/stage/stage.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { anApi } from './served.ts';

const script = { name: 'pair', title: 'Two servers.', commands: ['fleet a b<a', 'start', 'tick 5'] };

async function aStagedApi() {
  const breathe = () => setImmediate();
  const stage = new Stage(
    { breathe, now: Date.now, journal: memoryJournal, seed: 1, scripts: [script] },
    script,
  );
  await stage.begin();
  const teller = { tell() {}, warn() {} };
  const door = networkDoor(defaultConfig, { teller, groupsOf: async () => [], now: () => 0 });
  const server = createServer(door, null);
  const { controller, pages } = stage;
  const reload = async () => ({ changes: [], waitsFor: [] });
  registerRoutes(server, { controller, pages, metrics: createMetrics(), reload, stage, voices: silence });
  onTestFinished(() => server.close());
  const ask = async (method: 'GET' | 'POST', url: string, body?: object) =>
    (
      await server.inject({
        method,
        url: `/baton/v1${url}`,
        ...(body === undefined ? {} : { payload: body }),
      })
    ).json();
  return { stage, ask };
}

it('has the stage played, stopped and disturbed over HTTP, and a recovery seen as a real one is', async () => {
  const { stage, ask } = await aStagedApi();
  expect(await ask('GET', '/stage/stories')).toEqual([script]);
  expect(await ask('POST', '/stage', { do: 'speed', speed: 4 })).toMatchObject({ story: 'pair', speed: 4 });
  await ask('POST', '/stage', { do: 'say', command: 'kill a' });
  await stage.pass(2_000);
  expect(await ask('GET', '/recoveries')).toMatchObject([{ kind: 'recovery', successor: 'b:3306' }]);
  const { next } = await ask('GET', '/stage');
  expect(await ask('GET', `/stage?from=${next}`)).toMatchObject({ lines: [], next });
  expect(await ask('GET', '/stage/recordings?story=pair')).toEqual([]);
  expect(await ask('POST', '/stage', { do: 'juggle' })).toMatchObject({ code: 'usage', status: 400 });
});

it('has no stage where the servers are real', async () => {
  const api = await anApi();
  expect((await api.inject({ url: '/baton/v1/stage' })).statusCode).toBe(404);
  expect((await api.inject({ method: 'POST', url: '/baton/v1/stage', payload: {} })).statusCode).toBe(404);
});
