import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Config, defaultConfig } from '../../src/config/keys.ts';
import { hooksOfConfig } from '../../src/controller/hooks-of-config.ts';
import { type Controller, startOnPorts } from '../../src/controller/on-ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';
import { FleetServers } from '../../src/simulation/fleet-servers.ts';
import { Fleet } from '../../src/simulation/fleet.ts';
import { Lifeline } from '../../src/simulation/lifeline.ts';
import { PretendedHooks } from '../../src/simulation/pretended-hooks.ts';

/** A primary a, its replicas b, which applies six seconds late, and c; and who takes writes. */
function aCluster() {
  const clock = new VirtualClock(() => setImmediate());
  const fleet = new Fleet(clock);
  fleet.add('a:1', null);
  fleet.add('b:1', 'a:1');
  fleet.add('c:1', 'a:1');
  const { replication } = fleet.server('b:1');
  if (replication !== null) replication.lagMs = 6_000;
  const writable = () =>
    fleet.servers.flatMap(({ key, alive, readOnly }) => (alive && !readOnly ? [key] : []));
  return { clock, fleet, writable };
}

/** A controller with a journal of its own, which knows nothing of any other. */
async function aController({ clock, fleet }: ReturnType<typeof aCluster>, given: Partial<Config>) {
  const config: Config = {
    ...defaultConfig,
    RecoverMasterClusterFilters: ['*'],
    DiscoverySeeds: ['a:1'],
    ...given,
  };
  const teller = { tell: () => {}, warn: () => {} };
  let controller: Controller | null = null;
  void startOnPorts({
    config,
    journal: memoryJournal(),
    hooks: hooksOfConfig(config, { runner: new PretendedHooks(clock), clock }),
    teller,
    clock,
    chance: new SeededChance(1),
    hostname: 'baton',
    connect: (onLost) => new FleetServers(fleet, { clock, life: new Lifeline(), onLost }),
  }).then((started) => {
    controller = started;
  });
  while (controller === null) await clock.advance(1);
  return controller as Controller;
}

it('a controller that comes late leaves the successor of another one alone, and says so (P3, rule 6)', async () => {
  const cluster = aCluster();
  const { clock, fleet, writable } = cluster;
  const late = await aController(cluster, { PromotionIgnoreHostnameFilters: ['^c:'] });
  await aController(cluster, {
    PromotionIgnoreHostnameFilters: ['^b:'],
    DetectionConfirmMilliseconds: 1_000,
  });
  await clock.advance(1_000);
  fleet.write('a:1');
  await clock.advance(100);
  fleet.kill('a:1');
  await clock.advance(15_000);
  expect(writable()).toEqual(['c:1']);
  expect(fleet.doubled).toEqual([]);
  expect(fleet.server('b:1').replication?.source).toBe('c:1');
  const [recovery] = await late.recoveries(1);
  expect(recovery).toMatchObject({
    state: 'failed',
    reason: 'c:1 has no source and takes writes: somebody else has promoted it',
  });
});
