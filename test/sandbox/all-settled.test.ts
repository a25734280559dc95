import { expect, it } from 'vitest';
import { allSettled } from '../../src/sandbox/all-settled.ts';

it('fails only when nothing goes on any more', async () => {
  let ended = false;
  const slow = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    ended = true;
  });
  await expect(allSettled([Promise.reject(new Error('no luck')), slow])).rejects.toThrow('no luck');
  expect(ended).toBe(true);
});
