import { expect, it } from 'vitest';
import { memoryPublisher } from '../../src/publish/memory.ts';
import { aController, aFleet } from './a-controller.ts';

const { signal } = new AbortController();

/** A controller of a:1 and its replica, and whom the world is told of by it. */
async function aScene() {
  const { clock, fleet } = aFleet('b');
  const publisher = memoryPublisher();
  const controller = await aController({ clock, fleet }, {}, { publisher });
  const cluster = controller.clusterMeant('a:1');
  const told = () => publisher.published(cluster, signal);
  await clock.advance(100);
  return { clock, fleet, publisher, controller, cluster, told };
}

it('the world is told of the primary at the beginning of a term', async () => {
  const { told } = await aScene();
  expect(await told()).toEqual(['a:1']);
});

it('what somebody else has told is mended at the next poll', async () => {
  const { clock, publisher, cluster, told } = await aScene();
  await publisher.publish(cluster, 'b:1', signal);
  await clock.advance(6_000);
  expect(await told()).toEqual(['a:1']);
});

it('nothing is told while no server takes writes', async () => {
  const { clock, fleet, publisher, cluster, told, controller } = await aScene();
  fleet.server('a:1').readOnly = true;
  await clock.advance(6_000);
  await publisher.withdraw(cluster, signal);
  await clock.advance(6_000);
  expect(await told()).toEqual([null]);
  const [report] = await controller.publish(null);
  expect(report).toMatchObject({ outcome: 'untold', because: expect.stringContaining('takes writes') });
});

it('nothing is told of two clusters with one alias, for each would be told in the other’s place', async () => {
  const { clock, fleet } = aFleet('b');
  fleet.add('x:1', null);
  const publisher = memoryPublisher();
  const given = { DiscoverySeeds: ['a:1', 'x:1'], ClusterNameToAlias: { '.*': 'shop' } };
  const controller = await aController({ clock, fleet }, given, { publisher });
  await clock.advance(6_000);
  expect(await controller.publish(null)).toMatchObject([
    { outcome: 'untold', because: 'two clusters are called shop' },
    { outcome: 'untold', because: 'two clusters are called shop' },
  ]);
});

it('nothing is told while the primary does not answer', async () => {
  const { clock, fleet, publisher, cluster, told, controller } = await aScene();
  fleet.kill('a:1');
  await clock.advance(1_000);
  await publisher.withdraw(cluster, signal);
  await clock.advance(6_000);
  expect(await told()).toEqual([null]);
  expect(await controller.publish('b:1')).toMatchObject([{ outcome: 'untold', primary: null }]);
});

it('a person may ask for it, and is shown what would be written', async () => {
  const { controller, publisher, cluster } = await aScene();
  expect(await controller.publish('b:1')).toMatchObject([
    { outcome: 'right', primary: 'a:1', because: null },
  ]);
  await publisher.withdraw(cluster, signal);
  expect(await controller.previewPublication(null)).toEqual([
    { cluster: 'a:1', primary: 'a:1', because: null, lines: ['a:1 = a:1'] },
  ]);
});

it('a controller that tells nobody says so', async () => {
  const controller = await aController(aFleet('b'), {});
  await expect(controller.publish(null)).rejects.toThrow('Publish is empty');
});
