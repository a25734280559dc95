import { expect, it } from 'vitest';
import { systemClock } from '../../src/process/system-clock.ts';

it('sleeps for longer than the longest timer of Node', async () => {
  const woken = new Error('woken');
  const stop = new AbortController();
  const sleeping = systemClock.sleep(2 ** 31, stop.signal);
  await systemClock.sleep(20, stop.signal);
  stop.abort(woken);
  await expect(sleeping).rejects.toBe(woken);
});
