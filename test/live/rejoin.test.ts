import { describe, expect, it } from 'vitest';
import { ordersOn } from '../../src/cli/demo/writer.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { flavoursHere } from './flavours.ts';
import {
  aController,
  answering,
  aScene,
  aWriter,
  configured,
  lastRecovery,
  portOn,
  type Scene,
  writableOn,
} from './scene.ts';

const patient = { timeout: 30_000, interval: 50 };
/** One probe interval and 200 ms. */
const silencedWithinMs = 1_200;

async function replicationOf(scene: Scene, key: InstanceKey) {
  return (await scene.sandbox.status()).find((one) => one.key === key)?.replication;
}

/** How long the old primary takes writes, from when it is up again. */
async function takesWritesFor(scene: Scene): Promise<number> {
  const port = portOn(scene, scene.primary);
  const began = performance.now();
  for (let now = began; ; now = performance.now()) {
    if ((await scene.sandbox.sql(port, 'SELECT @@global.read_only')).trim() === '1') return now - began;
    if (now - began > 20_000) return now - began;
  }
}

async function failedOver(scene: Scene, more: Record<string, unknown>) {
  const { daemon } = await aController(scene, await configured(scene, more));
  await expect.poll(() => answering(daemon), patient).toBe(3);
  const writer = aWriter(scene);
  await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(50);
  await scene.sandbox.kill(portOn(scene, scene.primary));
  await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
  await expect.poll(() => writer.firstElsewhere(scene.primary), patient).not.toBeNull();
  await writer.stop();
  const successor = (await lastRecovery(daemon))?.successor ?? scene.primary;
  return { daemon, writer, successor };
}

describe.each(await flavoursHere())('a replaced primary of %s', (flavour) => {
  it('that comes back with nothing of its own is silenced and follows its successor (P3)', async () => {
    const scene = await aScene({ flavour, semiSync: true });
    const { successor } = await failedOver(scene, { RejoinReplacedPrimary: 'automatic' });

    await scene.sandbox.restart(portOn(scene, scene.primary));
    const tookMs = await takesWritesFor(scene);
    console.log(`${flavour}: took writes for ${tookMs.toFixed(0)} ms after its restart`);
    expect(tookMs).toBeLessThan(silencedWithinMs);
    await expect
      .poll(() => replicationOf(scene, scene.primary), patient)
      .toContain(`${portOn(scene, successor)}`);
    expect(await writableOn(scene)).toEqual([successor]);
    const { app } = scene.sandbox.credentials;
    await expect
      .poll(async () => [...(await ordersOn(scene.primary, app))].length, patient)
      .toBe([...(await ordersOn(successor, app))].length);
  });
});
