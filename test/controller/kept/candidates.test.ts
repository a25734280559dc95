import { expect, it } from 'vitest';
import { wordWorkflow } from '../../../src/controller/kept/words.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { aController, aFleet } from '../a-controller.ts';

const ann = { by: 'ann', why: 'a slow disk' };
const minutes = (count: number) => count * 60_000;

it('the choice of a successor obeys a rule that was registered, for as long as it holds', async () => {
  const world = aFleet('b', 'c');
  const controller = await aController(world, { CandidateInstanceExpireMinutes: 10 });
  const chosen = () => controller.succession('a:1').successor;
  expect(chosen()).toBe('b:1');
  await controller.kept.candidates.register('b:1', 'must_not', ann);
  expect(chosen()).toBe('c:1');
  await world.clock.advance(minutes(9));
  expect(chosen()).toBe('c:1');
  await world.clock.advance(minutes(2));
  expect(chosen()).toBe('b:1');
  expect(controller.kept.candidates.report()).toEqual([]);
});

it('a rule that is registered again lasts longer, and is no news', async () => {
  const [world, journal] = [aFleet('b'), memoryJournal()];
  const { kept } = await aController(world, { CandidateInstanceExpireMinutes: 10 }, { journal });
  await kept.candidates.register('b:1', 'prefer', ann);
  await world.clock.advance(minutes(9));
  await kept.candidates.register('b:1', 'prefer', ann);
  await world.clock.advance(minutes(9));
  expect(kept.candidates.report()).toMatchObject([{ instance: 'b:1', rule: 'prefer' }]);
  expect(await journal.list({ workflow: wordWorkflow, limit: 9 })).toHaveLength(1);
});

it('a rule outlives the controller, and one whose time is over meanwhile does not', async () => {
  const [world, journal] = [aFleet('b', 'c'), memoryJournal()];
  const given = { CandidateInstanceExpireMinutes: 10 };
  const first = await aController(world, given, { journal });
  await first.kept.candidates.register('b:1', 'prefer', ann);
  await world.clock.advance(minutes(5));
  await first.kept.candidates.register('c:1', 'prefer_not', ann);
  await first.stop();
  await world.clock.advance(minutes(6));
  const second = await aController(world, given, { journal });
  const rules = second
    .clusters()[0]
    ?.instances.map(({ instance, promotionRule }) => [instance, promotionRule]);
  expect(rules).toEqual([
    ['a:1', 'neutral'],
    ['b:1', 'neutral'],
    ['c:1', 'prefer_not'],
  ]);
});

it.each([
  ['must', 'request-refused'],
  ['first', 'usage'],
])('nobody is registered as %s', async (rule, code) => {
  const { kept } = await aController(aFleet('b'), {});
  await expect(kept.candidates.register('b:1', rule, ann)).rejects.toMatchObject({ code });
  expect(kept.candidates.report()).toEqual([]);
});
