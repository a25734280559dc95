import { expect, it, onTestFinished } from 'vitest';
import { Checker } from '../../bench/soak/checker.ts';
import { overlapsOf, spellsOf } from '../../bench/soak/spells.ts';
import { aScene, portOn } from './scene.ts';

const patient = { timeout: 10_000, interval: 5 };

it('sees every moment at which two servers take writes, and when the second was made to', async () => {
  const scene = await aScene({ servers: 2 });
  const [first = scene.primary, second = scene.primary] = scene.keys;
  const checker = new Checker(scene.sandbox);
  onTestFinished(async () => void (await checker.stop()));
  const switched = async (server: typeof first, readOnly: 0 | 1) => {
    await scene.sandbox.sql(portOn(scene, server), `SET GLOBAL read_only = ${readOnly}`);
    await expect.poll(() => checker.lastOf(server), patient).toBe(readOnly === 0);
  };
  // In turn, as a takeover does; then both at once.
  await switched(first, 1);
  await switched(second, 0);
  const openedAt = Date.now();
  await switched(first, 0);
  // Both are known to take writes at one moment only once the second was asked after the first had answered.
  const bothSince = Date.now() + 1;
  await expect.poll(() => checker.writableFor(second, bothSince), patient).toBeGreaterThan(0);
  await switched(second, 1);
  await scene.sandbox.kill(portOn(scene, first));

  const overlaps = overlapsOf(spellsOf(await checker.stop()));
  expect(overlaps).toHaveLength(1);
  expect(overlaps[0]).toMatchObject({ first: { server: second }, second: { server: first } });
  expect(overlaps[0]?.from).toBeGreaterThanOrEqual(openedAt);
});
