import { expect, it } from 'vitest';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { aController, aFleet } from '../a-controller.ts';

const ann = { by: 'ann', why: 'the new shelf' };

it('tags are set, replaced, found and taken off', async () => {
  const { kept } = await aController(aFleet('b', 'c'), {});
  await kept.tags.set('b:1', 'role=report', ann);
  await kept.tags.set('b:1', 'role=backup\n', ann);
  await kept.tags.set('c:1', 'role=backup', ann);
  await kept.tags.set('c:1', 'spare', ann);
  expect(kept.tags.of('c:1')).toEqual(['role=backup', 'spare']);
  expect(kept.tags.valueOf('b:1', 'role')).toBe('backup');
  expect(kept.tags.tagged('role=backup,~spare')).toEqual(['b:1']);
  expect(await kept.tags.remove('c:1', 'role=report', ann)).toEqual([]);
  expect(await kept.tags.remove('c:1', 'spare', ann)).toEqual(['c:1']);
  expect(await kept.tags.removeEverywhere('role=backup', ann)).toEqual(['b:1', 'c:1']);
  expect(kept.tags.all).toEqual([]);
});

it('tags outlive the controller', async () => {
  const [world, journal] = [aFleet('b'), memoryJournal()];
  const first = await aController(world, {}, { journal });
  await first.kept.tags.set('b:1', 'role=backup', ann);
  await first.stop();
  const second = await aController(world, {}, { journal });
  expect(second.kept.tags.all).toEqual([{ instance: 'b:1', tags: ['role=backup'] }]);
});

it.each([
  ['~role', 'is no tag'],
  ['a,b', 'is no tag'],
  ['role=\u202egnp', 'control characters'],
  [`role=${'x'.repeat(129)}`, 'more than 128'],
])('%j is not set: it %s', async (text, because) => {
  const { kept } = await aController(aFleet('b'), {});
  await expect(kept.tags.set('b:1', text, ann)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(because),
  });
});

it('what is taken off everywhere is a value, never all of a name', async () => {
  const { kept } = await aController(aFleet('b'), {});
  await kept.tags.set('b:1', 'role=backup', ann);
  await expect(kept.tags.removeEverywhere('role', ann)).rejects.toMatchObject({ code: 'usage' });
  expect(() => kept.tags.valueOf('b:1', 'other')).toThrow('b:1 has no tag "other"');
});
