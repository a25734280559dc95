import { getEventListeners } from 'node:events';
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

it('does not sleep under a signal that was aborted before', async () => {
  const woken = new Error('woken');
  await expect(systemClock.sleep(60_000, AbortSignal.abort(woken))).rejects.toBe(woken);
});

it('lets thousands sleep under one signal at the cost of one, and leaves nothing behind when they rise', async () => {
  const stop = new AbortController();
  const { signal } = stop;
  const listening = () => getEventListeners(signal, 'abort').length;
  const short = Array.from({ length: 1_000 }, () => systemClock.sleep(1, signal));
  expect(listening()).toBe(1);
  await Promise.all(short);
  expect(listening()).toBe(0);
  const long = Array.from({ length: 1_000 }, () => systemClock.sleep(60_000, signal));
  stop.abort(new Error('woken'));
  const ends = await Promise.allSettled(long);
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
  expect(listening()).toBe(0);
});
