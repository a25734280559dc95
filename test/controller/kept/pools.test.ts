import { expect, it } from 'vitest';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { aController, aFleet } from '../a-controller.ts';

const ann = { by: 'ann', why: 'the balancer says so' };

it('a pool is what was submitted last, of instances that are watched', async () => {
  const { kept } = await aController(aFleet('b', 'c'), {});
  await kept.pools.submit('readers', ['b:1', 'c:1', 'gone:1'], ann);
  await kept.pools.submit('batch', ['c:1'], ann);
  const named = (pool: string | null) => kept.pools.instances(null, pool).map(({ instance }) => instance);
  expect(named('readers')).toEqual(['b:1', 'c:1']);
  expect(named(null)).toEqual(['b:1', 'c:1', 'c:1']);
  await kept.pools.submit('readers', ['b:1'], ann);
  expect(kept.pools.instances(null, 'readers')).toMatchObject([
    { pool: 'readers', instance: 'b:1', clusterName: 'a:1', clusterAlias: 'a:1' },
  ]);
  await kept.pools.submit('readers', [], ann);
  expect(named('readers')).toEqual([]);
});

it('a pool outlives the controller, but not InstancePoolExpiryMinutes', async () => {
  const [world, journal] = [aFleet('b'), memoryJournal()];
  const given = { InstancePoolExpiryMinutes: 10 };
  const first = await aController(world, given, { journal });
  await first.kept.pools.submit('readers', ['b:1'], ann);
  await first.stop();
  const second = await aController(world, given, { journal });
  expect(second.kept.pools.instances(null, 'readers')).toHaveLength(1);
  await world.clock.advance(11 * 60_000);
  expect(second.kept.pools.instances(null, 'readers')).toEqual([]);
  expect(await journal.kept('pools')).toEqual(new Map());
});

it('part of a host name will do where it means one instance, unless SupportFuzzyPoolHostnames is off', async () => {
  const world = aFleet('reader-1.example', 'reader-2.example');
  const { kept } = await aController(world, {});
  expect(await kept.pools.submit('readers', ['reader-1:1', 'reader:1'], ann)).toEqual([
    'reader-1.example:1',
    'reader:1',
  ]);
  const strict = await aController(world, { SupportFuzzyPoolHostnames: false });
  expect(await strict.kept.pools.submit('readers', ['reader-1:1'], ann)).toEqual(['reader-1:1']);
});

it('the lag of a pool is that of whoever lags most', async () => {
  const controller = await aController(aFleet('b', 'c'), {});
  const { id } = controller.clusterMeant('a:1');
  expect(controller.kept.pools.lagSeconds(id, 'readers')).toBeNull();
  await controller.kept.pools.submit('readers', ['b:1', 'c:1'], ann);
  expect(controller.kept.pools.lagSeconds(id, 'readers')).toBe(0);
});
