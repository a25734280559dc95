import { expect, it } from 'vitest';
import { aController, aFleet } from './a-controller.ts';

it.each([
  ['downtime', 'endDowntime', 'beginDowntime'],
  ['maintenance', 'endMaintenance', 'beginMaintenance'],
] as const)(
  'the end of a %s that was never begun, or is over, is refused in a sentence',
  async (kind, end, begin) => {
    const { restraints } = await aController(aFleet('b'), {});
    const refusal = {
      code: 'request-refused',
      exit: 1,
      message: `b:1 is not in ${kind}, so there is none to end`,
    };
    await expect(restraints[end]('b:1', 'ann')).rejects.toMatchObject(refusal);
    await restraints[begin]('b:1', { who: 'ann', why: 'a new disk', forMs: 60_000 });
    await restraints[end]('b:1', 'ann');
    await expect(restraints[end]('b:1', 'ann')).rejects.toMatchObject(refusal);
  },
);
