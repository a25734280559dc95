import { expect, it } from 'vitest';
import { changingNames } from '../../src/controller/changes.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { readBackend } from '../../src/migration/backend.ts';
import { take, whatToTake } from '../../src/migration/import.ts';
import { Fleet } from '../../src/simulation/fleet.ts';
import { rowsAt } from '../migration/a-backend.ts';
import { aController, aFleet } from './a-controller.ts';

/** A controller that begins with what orchestrator left: db2 and its replica db3, and db1, which db2 has replaced. */
async function aSuccessor() {
  const { clock } = aFleet();
  const fleet = new Fleet(clock);
  fleet.add('db1:3306', null);
  fleet.kill('db1:3306');
  fleet.add('db2:3306', null);
  fleet.add('db3:3306', 'db2:3306');
  const journal = memoryJournal();
  const rows = rowsAt(clock.now());
  const backend = await readBackend({ name: 'backend', rows: async (table) => rows[table] ?? null });
  const now = clock.now();
  await take(await whatToTake(backend, journal, now), journal, { from: 'backend', at: now });
  const config = { DiscoverySeeds: ['db2:3306'], RecoverMasterClusterFilters: ['*'] };
  return aController({ clock, fleet }, config, { journal });
}

it('begins with the names, rules, downtimes and prohibitions of orchestrator', async () => {
  const controller = await aSuccessor();
  const { disabled, downtimes } = controller.restraints.report();
  expect(disabled).toMatchObject({ who: 'orchestrator' });
  expect(downtimes).toMatchObject([{ instance: 'db1:3306', why: 'lost-in-recovery' }]);
  const shop = controller.clusters().find(({ alias }) => alias === 'shop');
  expect(shop?.instances).toMatchObject([
    { instance: 'db2:3306' },
    { instance: 'db3:3306', promotionRule: 'must_not' },
  ]);
  await controller.stop();
});

it('shows what orchestrator recovered, and keeps the quiet after it until somebody has seen it', async () => {
  const controller = await aSuccessor();
  const past = await controller.recoveries(9, changingNames);
  expect(past.map(({ kind, state, acknowledged }) => [kind, state, acknowledged])).toEqual([
    ['orchestrator-recovery', 'recovered', null],
    ['orchestrator-recovery', 'failed', 'ann: seen'],
  ]);
  const quiet = async () => {
    const { gates } = await controller.explain('shop');
    return gates.find(({ gate }) => gate === 'promoted');
  };
  expect(await quiet()).toMatchObject({ state: 'shut' });
  await controller.acknowledge({ kind: 'all' }, 'ann', 'seen');
  expect(await quiet()).toMatchObject({ state: 'open' });
  await controller.stop();
});
