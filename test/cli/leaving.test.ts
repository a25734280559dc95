import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { leavesWithinMs, stoppedInTime } from '../../src/cli/leaving.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';

function aLeaver() {
  const clock = new VirtualClock(() => setImmediate());
  const warned: string[] = [];
  const teller = { tell: () => {}, warn: (sentence: string) => void warned.push(sentence) };
  return { clock, teller, warned };
}

it('a controller that stops is waited for', async () => {
  const { clock, teller, warned } = aLeaver();
  const stopped = stoppedInTime(() => clock.sleep(1_000, new AbortController().signal), { clock, teller });
  await clock.advance(1_000);
  expect(await stopped).toBe(true);
  expect(warned).toEqual([]);
});

it('one that hangs keeps nobody from leaving', async () => {
  const { clock, teller, warned } = aLeaver();
  const stopped = stoppedInTime(() => new Promise(() => {}), { clock, teller });
  await clock.advance(leavesWithinMs);
  expect(await stopped).toBe(false);
  expect(warned).toEqual([expect.stringContaining('leaving all the same')]);
});

it('one that cannot stop says why', async () => {
  const { clock, teller } = aLeaver();
  const stop = async () => Promise.reject(new Error('the disk is full'));
  await expect(stoppedInTime(stop, { clock, teller })).rejects.toThrow('the disk is full');
});
