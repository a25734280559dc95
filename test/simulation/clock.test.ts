import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SeededChance } from '../../src/simulation/chance.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';

const clockAndWaking = () => {
  const clock = new VirtualClock(() => setImmediate());
  const woken: string[] = [];
  const began = clock.now();
  const sleep = async (name: string, milliseconds: number) => {
    await clock.sleep(milliseconds, new AbortController().signal);
    woken.push(`${name} at ${clock.now() - began}`);
  };
  return { clock, woken, sleep };
};

it('stands still until it is advanced, and then passes exactly so much', async () => {
  const { clock, woken, sleep } = clockAndWaking();
  const began = clock.now();
  void sleep('a', 10);
  await setImmediate();
  expect([clock.now() - began, woken]).toEqual([0, []]);
  await clock.advance(9);
  expect([clock.monotonic(), woken]).toEqual([9, []]);
  await clock.advance(1);
  expect(woken).toEqual(['a at 10']);
});

it('wakes sleepers by their dates, and those of one moment as they lay down', async () => {
  const { clock, woken, sleep } = clockAndWaking();
  for (const [name, milliseconds] of [
    ['c', 20],
    ['a', 10],
    ['d', 20],
    ['b', 10],
  ] as const)
    void sleep(name, milliseconds);
  await clock.advance(30);
  expect(woken).toEqual(['a at 10', 'b at 10', 'c at 20', 'd at 20']);
});

it('lets what a woken sleeper begins happen at its own time', async () => {
  const { clock, woken, sleep } = clockAndWaking();
  void sleep('a', 10).then(() => sleep('a again', 5));
  void sleep('b', 12);
  await clock.advance(30);
  expect(woken).toEqual(['a at 10', 'b at 12', 'a again at 15']);
});

it('rejects a sleeper whose signal is aborted, with its reason', async () => {
  const { clock } = clockAndWaking();
  const stop = new AbortController();
  const sleep = clock.sleep(10, stop.signal);
  stop.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
  await expect(clock.sleep(10, stop.signal)).rejects.toThrow('enough');
});

it('has the same chance again for the same seed, and another for another', () => {
  const [one, same, other] = [new SeededChance(7), new SeededChance(7), new SeededChance(8)];
  expect(one.hex(64)).toMatch(/^[0-9a-f]{64}$/);
  expect(new SeededChance(7).hex(64)).toBe(same.hex(64));
  expect(other.hex(64)).not.toBe(new SeededChance(7).hex(64));
});
