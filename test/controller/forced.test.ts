import { expect, it } from 'vitest';
import { aController, aFleet } from './a-controller.ts';

const asker = { by: 'ann', why: 'a test' };

it('whoever forces another recovery of an instance has seen how the earlier ones ended', async () => {
  const world = aFleet('b', 'c');
  const controller = await aController(world, {});
  const forced = async (cluster: string) => {
    const { ended } = await controller.requests.force(cluster, null, asker);
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    while (!isOver) await world.clock.advance(1);
  };
  await forced('a:1');
  const [first] = await controller.recoveries(1);
  expect(first).toMatchObject({ state: 'recovered', acknowledged: null });
  await forced(first?.successor ?? '');
  const [second, seen] = await controller.recoveries(2);
  expect(seen?.acknowledged).toBe(
    `baton: ann has asked for another recovery of ${first?.successor} (force-master-failover)`,
  );
  expect(second?.acknowledged).toBeNull();
});
