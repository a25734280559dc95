import { expect, it } from 'vitest';
import type { Operation } from '../../workflows/operation.ts';
import { changingNames } from '../../src/controller/changes.ts';
import type { Controller } from '../../src/controller/on-ports.ts';
import type { VirtualClock } from '../../src/simulation/clock.ts';
import { aController, aFleet } from './a-controller.ts';

const asker = { by: 'ann', why: 'a test' };

async function done(controller: Controller, clock: VirtualClock, operation: Operation): Promise<string> {
  const uid = await controller.operations.begin(operation, asker);
  while ((await controller.operations.report(uid)).state === null) await clock.advance(1);
  return uid;
}

it('every run that changed a cluster is listed, newest first, and told by its uid; by itself only its kind', async () => {
  const fleet = aFleet('b', 'c');
  const controller = await aController(fleet, {});
  await done(controller, fleet.clock, { verb: 'relocate', instance: 'c:1', below: 'b:1' });
  const wish = { ...asker, to: 'b:1', auto: false };
  const takeover = await controller.requests.takeover('a:1', wish);
  let isOver = false;
  void takeover.ended.then(() => {
    isOver = true;
  });
  while (!isOver) await fleet.clock.advance(1);

  const all = await controller.recoveries(9, changingNames);
  expect(all.map(({ kind, code, failed, state }) => [kind, code, failed, state])).toEqual([
    ['takeover', 'DeadMaster', 'a:1', 'takenOver'],
    ['reshaping', 'relocate', 'c:1', 'done'],
  ]);
  expect(all[1]).toMatchObject({ asked: { who: 'ann', why: 'a test', command: 'relocate' }, reason: null });
  expect((await controller.recoveries(9)).map(({ kind }) => kind)).toEqual(['takeover']);
  expect((await controller.recoveries(9, ['reshaping'])).map(({ kind }) => kind)).toEqual(['reshaping']);
  const story = await controller.recovery(all[1]?.uid ?? '');
  expect(story.records.at(-1)).toMatchObject({ kind: 'ended', state: 'done' });
  expect(story.detection).toEqual([]);
});

it('an operation that is done leaves nothing to acknowledge', async () => {
  const fleet = aFleet('b', 'c');
  const controller = await aController(fleet, {});
  await done(controller, fleet.clock, { verb: 'set-read-only', instance: 'b:1' });
  expect(await controller.acknowledge({ kind: 'all' }, 'ann', 'seen')).toEqual([]);
});
