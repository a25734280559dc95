import { expect, it } from 'vitest';
import { aController, aFleet } from './a-controller.ts';

const meant = { code: 'instance-unknown', message: expect.stringMatching(/; did you mean a:1 or b:1\?$/) };
const asker = { by: 'ann', why: 'a test' };

it('a port alone is never taken for a host where somebody known listens on it', async () => {
  const controller = await aController(aFleet('b'), { DefaultInstancePort: 3306 });
  const { requests, rejoins, operations } = controller;
  expect(() => controller.instanceMeant('1')).toThrow(/did you mean a:1 or b:1/);
  await expect(requests.recover('1', asker)).rejects.toMatchObject(meant);
  await expect(requests.takeover('a:1', { ...asker, to: '1', auto: false })).rejects.toMatchObject(meant);
  await expect(rejoins.begin('1', { ...asker, rebuilds: false })).rejects.toMatchObject(meant);
  const moved = { verb: 'relocate', instance: 'b:1', below: '1:3306' } as const;
  await expect(operations.preview(moved)).rejects.toMatchObject(meant);
  await expect(operations.preview({ verb: 'move-up', instance: '1:3306' })).rejects.toMatchObject(meant);
  expect(() => controller.instanceMeant('7')).toThrow(/called "7"$/);
});
