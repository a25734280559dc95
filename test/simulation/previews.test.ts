import { expect, it } from 'vitest';
import { aController, aFleet } from '../controller/a-controller.ts';

const asker = { by: 'ann', why: 'a test' };

async function answered<T>(asking: Promise<T>, { clock }: ReturnType<typeof aFleet>): Promise<T> {
  let isOver = false;
  void asking.finally(() => {
    isOver = true;
  });
  while (!isOver) await clock.advance(1);
  return asking;
}

it('a failover by force can be looked at first: who, why, each order, what it means and its statements (P10)', async () => {
  const world = aFleet('b', 'c');
  const controller = await aController(world, {});
  const { requests } = controller;
  const { gates, successor, plan } = await answered(requests.previewForced('a:1', 'c:1', asker), world);
  expect(gates).toMatchObject([{ gate: 'active', open: true }]);
  expect(successor).toBe('c:1');
  expect(plan).toEqual([
    'a:1 is asked to be read-only',
    '    SET GLOBAL read_only = 1',
    'a:1 is asked to end the connections of applications (cannot be undone)',
    '    KILL …',
    'b:1 is asked to stop receiving from its source',
    '    STOP SLAVE IO_THREAD',
    'c:1 is asked to stop receiving from its source',
    '    STOP SLAVE IO_THREAD',
    'c:1 is waited for until it has applied all that it has received',
    'c:1 is asked to be the primary (may drop what it has received and not applied; no other server may take writes then)',
    '    STOP SLAVE',
    '    SET GLOBAL read_only = 0',
    '    RESET SLAVE ALL',
    'b:1 is asked to follow c:1 (may drop what it has received and not applied)',
    '    CHANGE MASTER TO …',
  ]);
  expect(world.fleet.server('a:1').readOnly).toBe(false);
  expect(await controller.recoveries(9)).toEqual([]);
});

it('what forgetting an instance would mean is said before it is done', async () => {
  const world = aFleet('b');
  const controller = await aController(world, {});
  const { rejoins, discovery } = controller;
  expect(discovery.previewForget('a:1')).toEqual([
    'a:1 would be watched no longer',
    'it would be found again soon, for b:1 replicates from it',
  ]);
  expect(() => rejoins.previewSplit('b:1')).toThrow('b:1 was not replaced');
  expect(controller.clusters()[0]?.instances).toHaveLength(2);
});

it('a recovery that a person asks for can be looked at first: what would hold Baton back by itself is named and open (P7, P10)', async () => {
  const world = aFleet('b', 'c');
  const controller = await aController(world, { RecoverMasterClusterFilters: [] });
  await world.clock.advance(1_000);
  world.fleet.kill('a:1');
  await world.clock.advance(5_000);
  const { requests } = controller;
  const { gates, successor, plan } = await answered(requests.previewRecover('a:1', asker), world);
  expect(gates.every(({ open }) => open)).toBe(true);
  expect(gates.find(({ gate }) => gate === 'filter')?.because).toMatch(
    /matches no entry of RecoverMasterClusterFilters.* what a person asks for is done all the same/,
  );
  expect(successor).toBe('b:1');
  expect(plan).toContain('c:1 is asked to follow b:1 (may drop what it has received and not applied)');
  expect(plan.join('\n')).not.toContain('a:1 is asked');
  expect(await controller.recoveries(9)).toEqual([]);
  world.fleet.restart('a:1');
  await world.clock.advance(5_000);
  await expect(requests.previewRecover('a:1', asker)).rejects.toThrow(
    'nothing is found to be wrong with a:1',
  );
});
