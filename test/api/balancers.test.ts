import { expect, it } from 'vitest';
import { registerBalancers } from '../../src/api/balancers.ts';
import { socketDoor } from '../../src/api/door/doors.ts';
import { createServer } from '../../src/api/server.ts';
import { aController, aFleet } from '../controller/a-controller.ts';

async function balancers() {
  const fleet = aFleet('b');
  const controller = await aController(fleet, { RecoverMasterClusterFilters: [] });
  const server = createServer(socketDoor(), null);
  registerBalancers(server, controller);
  const statusOf = async (url: string, headers: Record<string, string> = {}) =>
    (await server.inject({ url, headers })).statusCode;
  return { ...fleet, server, statusOf };
}

it('a primary that answers and takes writes is one, and a replica is none', async () => {
  const { statusOf, fleet, clock } = await balancers();
  expect(await statusOf('/primary?instance=a:1')).toBe(200);
  expect(await statusOf('/primary?instance=b:1')).toBe(503);
  fleet.kill('a:1');
  await clock.advance(5_000);
  expect(await statusOf('/primary?instance=a:1')).toBe(503);
});

it('a replica is one as long as it replicates, and lags no more than is asked for', async () => {
  const { statusOf, fleet, clock } = await balancers();
  expect(await statusOf('/replica?instance=b:1')).toBe(200);
  expect(await statusOf('/replica?instance=a:1')).toBe(503);
  const { replication } = fleet.server('b:1');
  fleet.change(() => Object.assign(replication ?? {}, { lagMs: Number.POSITIVE_INFINITY }));
  fleet.write('a:1');
  await clock.advance(30_000);
  expect(await statusOf('/replica?instance=b:1&lag=5')).toBe(503);
  expect(await statusOf('/replica?instance=b:1&lag=60')).toBe(200);
});

it('HAProxy says in a header of its own which server it asks about', async () => {
  const { statusOf } = await balancers();
  const state = (address: string) => ({
    'x-haproxy-server-state': `UP 2/3; address=${address}; port=1; name=bck/srv2; node=lb1; weight=1/2`,
  });
  expect(await statusOf('/primary', state('a'))).toBe(200);
  expect(await statusOf('/primary', state('b'))).toBe(503);
});

it('a server that nobody knows, or that nobody named, is neither', async () => {
  const { statusOf, server } = await balancers();
  expect(await statusOf('/primary?instance=z:1')).toBe(503);
  expect(await statusOf('/replica')).toBe(503);
  const { payload } = await server.inject('/primary?instance=z:1');
  expect(JSON.parse(payload)).toEqual({
    ok: false,
    because: 'no instance that is watched is called "z:1"',
  });
});

it('the controller lives, is ready and leads', async () => {
  const { statusOf } = await balancers();
  for (const path of ['live', 'ready', 'leader']) expect(await statusOf(`/health/${path}`)).toBe(200);
});
