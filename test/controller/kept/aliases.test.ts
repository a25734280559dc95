import { expect, it } from 'vitest';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { aController, aFleet } from '../a-controller.ts';

const ann = { by: 'ann', why: 'it has moved' };

it('an alias by hand outdoes ClusterNameToAlias, outlives the controller and is taken back', async () => {
  const [world, journal] = [aFleet('b'), memoryJournal()];
  const given = { ClusterNameToAlias: { '^a:': 'shop' } };
  const first = await aController(world, given, { journal });
  await first.kept.aliases.set(first.clusterMeant('shop'), 'till', ann);
  expect(first.clusterMeant('b:1').alias).toBe('till');
  await first.stop();
  const second = await aController(world, given, { journal });
  expect(second.clusterMeant('b:1').alias).toBe('till');
  await second.kept.aliases.set(second.clusterMeant('till'), '', ann);
  expect(second.clusterMeant('b:1').alias).toBe('shop');
});

it('two clusters are never called the same by hand', async () => {
  const world = aFleet('b');
  world.fleet.add('x:1', null);
  const controller = await aController(world, { DiscoverySeeds: ['a:1', 'x:1'] });
  await controller.kept.aliases.set(controller.clusterMeant('a:1'), 'shop', ann);
  for (const taken of ['shop', 'a:1'])
    await expect(
      controller.kept.aliases.set(controller.clusterMeant('x:1'), taken, ann),
    ).rejects.toMatchObject({
      code: 'request-refused',
    });
  await expect(
    controller.kept.aliases.set(controller.clusterMeant('x:1'), 'a\nb', ann),
  ).rejects.toMatchObject({ code: 'usage' });
});
