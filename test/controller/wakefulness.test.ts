import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Wakefulness } from '../../src/controller/wakefulness.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';
import { Lifeline, mortalClock } from '../../src/simulation/lifeline.ts';

const breathe = () => setImmediate();

it('counts from the start for as long as the controller runs, and from when it went on after it stood still', async () => {
  const clock = new VirtualClock(breathe);
  const life = new Lifeline();
  const began = clock.now();
  const wakefulness = new Wakefulness(mortalClock(clock, life), new AbortController().signal);
  await clock.advance(60_000);
  expect(wakefulness.since).toBe(began);
  life.pause();
  await clock.advance(400);
  await life.goOn(breathe);
  expect(wakefulness.since, 'a busy machine is no standstill').toBe(began);
  await clock.advance(1_000);
  life.pause();
  await clock.advance(10_000);
  // Whoever wakes first asks before the beat does.
  expect(wakefulness.since).toBe(clock.now());
  await life.goOn(breathe);
  const wentOn = clock.now();
  await clock.advance(10_000);
  expect(wakefulness.since).toBe(wentOn);
});
