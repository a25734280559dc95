import { expect, it } from 'vitest';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { aController, aFleet } from '../a-controller.ts';

const ann = { by: 'ann', why: 'a slow disk' };
const page = { skip: 0, limit: 20 };

it('says who did what to which instance, newest first, also to the next controller', async () => {
  const [world, journal] = [aFleet('b', 'c'), memoryJournal()];
  const first = await aController(world, { RecoverMasterClusterFilters: ['*'] }, { journal });
  await first.kept.candidates.register('b:1', 'prefer', ann);
  await world.clock.advance(1_000);
  await first.restraints.beginDowntime('c:1', { who: 'bob', why: 'a new disk', forMs: 60_000 });
  world.fleet.kill('a:1');
  await world.clock.advance(60_000);
  await first.stop();
  const { history } = await aController(world, { DiscoverySeeds: ['b:1'] }, { journal });
  const entries = await history.audit({ instance: null, ...page });
  expect(entries.map(({ type, instance, by }) => [type, instance, by])).toEqual([
    ['recover-dead-master', 'a:1', 'baton'],
    ['begin-downtime', 'c:1', 'bob'],
    ['register-candidate', 'b:1', 'ann'],
  ]);
  expect(entries[2]).toMatchObject({ message: 'b:1 is registered as prefer for 1 h. (a slow disk)' });
  const types = async (instance: 'b:1' | 'c:1') =>
    (await history.audit({ instance, ...page })).map(({ type }) => type);
  expect(await types('b:1')).toEqual(['recover-dead-master', 'register-candidate']);
  expect(await types('c:1')).toEqual(['begin-downtime']);
  expect(await history.audit({ instance: null, skip: 1, limit: 1 })).toMatchObject([{ by: 'bob' }]);
});

it('says what was found of an instance, when it changed, and what was detected', async () => {
  const [world, journal] = [aFleet('b', 'c'), memoryJournal()];
  const first = await aController(world, {}, { journal });
  world.fleet.kill('a:1');
  await world.clock.advance(10_000);
  const codes = first.history.changelog().find(({ instance }) => instance === 'a:1')?.changes;
  expect(codes?.at(-1)?.codes[0]).toBe('DeadMaster');
  world.fleet.restart('a:1');
  await world.clock.advance(30_000);
  const all = first.history.changelog().find(({ instance }) => instance === 'a:1')?.changes ?? [];
  expect(all.at(-1)?.codes).toEqual(['NoProblem']);
  expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(await first.history.detections(9)).toMatchObject([{ failed: 'a:1', code: 'DeadMaster' }]);
  await first.stop();
  const second = await aController(world, {}, { journal });
  const known = second.history.changelog().find(({ instance }) => instance === 'a:1')?.changes ?? [];
  expect(known.some(({ codes: [code] }) => code === 'DeadMaster')).toBe(true);
});
