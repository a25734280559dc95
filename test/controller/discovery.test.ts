import { expect, it } from 'vitest';
import type { Controller } from '../../src/controller/controller.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { aController, aFleet } from './a-controller.ts';

const ann = { by: 'ann', why: 'a new rack' };
/** Looks cost real time, even pretended ones. */
const rarely = {
  UnseenInstanceForgetHours: 2,
  InstancePollSeconds: 3_600,
  ProbeIntervalMilliseconds: 1_800_000,
};
const hours = (count: number) => count * 3_600_000;

function watched(controller: Controller): readonly string[] {
  return controller.clusters().flatMap(({ instances }) => instances.map(({ instance }) => instance));
}

it('what a person has discovered is watched with all that it leads to, also by the next controller', async () => {
  const [world, journal] = [aFleet('b'), memoryJournal()];
  world.fleet.add('x:1', null);
  world.fleet.add('y:1', 'x:1');
  const first = await aController(world, {}, { journal });
  expect(watched(first)).toEqual(['a:1', 'b:1']);
  const asked = first.discovery.discover('y:1', ann);
  await world.clock.advance(100);
  expect(await asked).toBe('y:1');
  expect(watched(first).toSorted()).toEqual(['a:1', 'b:1', 'x:1', 'y:1']);
  await first.stop();
  expect(watched(await aController(world, {}, { journal })).toSorted()).toEqual(['a:1', 'b:1', 'x:1', 'y:1']);
});

it('what does not answer is not taken in', async () => {
  const world = aFleet('b');
  world.fleet.add('x:1', null);
  world.fleet.kill('x:1');
  const controller = await aController(world, {});
  const asked = controller.discovery.discover('x:1', ann).catch((error: unknown) => error);
  await world.clock.advance(5_000);
  expect(await asked).toMatchObject({ code: 'server-unreachable' });
  expect(watched(controller)).toEqual(['a:1', 'b:1']);
});

it('a cluster that is forgotten is watched no longer until somebody discovers it again', async () => {
  const [world, journal] = [aFleet('b'), memoryJournal()];
  world.fleet.add('x:1', null);
  world.fleet.add('y:1', 'x:1');
  const given = { DiscoverySeeds: ['a:1', 'x:1'] };
  const first = await aController(world, given, { journal });
  expect(await first.discovery.forgetCluster(first.clusterMeant('y:1'), ann)).toEqual(['x:1', 'y:1']);
  await world.clock.advance(60_000);
  expect(watched(first)).toEqual(['a:1', 'b:1']);
  await first.stop();
  const second = await aController(world, {}, { journal });
  expect(watched(second)).toEqual(['a:1', 'b:1']);
  const asked = second.discovery.discover('x:1', ann);
  await world.clock.advance(100);
  await asked;
  expect(watched(second).toSorted()).toEqual(['a:1', 'b:1', 'x:1', 'y:1']);
});

it('an instance that was not seen for UnseenInstanceForgetHours is forgotten, unless a person has set it apart', async () => {
  const world = aFleet();
  const dying = ['x:1', 'y:1', 'z:1'] as const;
  for (const name of dying) world.fleet.add(name, null);
  const controller = await aController(world, { ...rarely, DiscoverySeeds: ['a:1', ...dying] });
  for (const name of dying) world.fleet.kill(name);
  await controller.restraints.beginDowntime('y:1', { who: 'ann', why: 'a new disk', forMs: hours(99) });
  await world.clock.advance(hours(1.4));
  expect(watched(controller)).toEqual(['a:1', 'x:1', 'y:1', 'z:1']);
  world.fleet.restart('z:1');
  await world.clock.advance(hours(1.7));
  expect(watched(controller)).toEqual(['a:1', 'y:1', 'z:1']);
}, 20_000);

it('a source is missed for as long as anybody replicates from it', async () => {
  const world = aFleet('b');
  const controller = await aController(world, rarely);
  world.fleet.kill('a:1');
  await world.clock.advance(hours(3.1));
  expect(watched(controller)).toEqual(['a:1', 'b:1']);
}, 20_000);
