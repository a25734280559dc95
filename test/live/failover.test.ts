import { describe, expect, it } from 'vitest';
import { ordersOn } from '../../src/cli/demo/writer.ts';
import {
  aController,
  answering,
  aScene,
  aWriter,
  configured,
  hookLines,
  lastRecovery,
  portOn,
  storyOfLast,
  writableOn,
} from './scene.ts';
import { flavoursHere } from './flavours.ts';

const patient = { timeout: 30_000, interval: 50 };

describe.each(await flavoursHere())('a killed primary of %s', (flavour) => {
  it.each([{ semiSync: true }, { semiSync: false }])(
    'is succeeded by a replica that has every acknowledged write the replicas had received (P4), semi-sync $semiSync',
    async ({ semiSync }) => {
      const scene = await aScene({ flavour, semiSync });
      const { daemon } = await aController(scene, await configured(scene));
      await expect.poll(() => answering(daemon), patient).toBe(3);
      const writer = aWriter(scene);
      await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(100);

      await scene.sandbox.kill(portOn(scene, scene.primary));
      await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
      await expect.poll(() => writer.firstElsewhere(scene.primary), patient).not.toBeNull();
      await writer.stop();

      const { recovery } = await storyOfLast(daemon);
      const successor = recovery.successor ?? scene.primary;
      expect(scene.keys.slice(1)).toContain(successor);
      expect(await writableOn(scene)).toEqual([successor]);
      const missing = writer.missing(scene.primary, await ordersOn(successor, scene.sandbox.credentials.app));
      if (semiSync) expect(missing).toEqual([]);
      else
        console.log(
          `async on ${flavour}: ${missing.length} of ${writer.acknowledgedBy(scene.primary)} acknowledged writes lost`,
        );
      // The other replica follows: what the application wrote afterwards arrives there.
      const other = scene.keys.find((key) => key !== successor && key !== scene.primary) ?? successor;
      const written = await ordersOn(successor, scene.sandbox.credentials.app);
      await expect
        .poll(async () => (await ordersOn(other, scene.sandbox.credentials.app)).size, patient)
        .toBe(written.size);
    },
  );

  it('tells its hooks in order, with one uid from the detection to the last (P1)', async () => {
    const scene = await aScene({ flavour });
    const { daemon } = await aController(scene, await configured(scene, { DetectionConfirmMilliseconds: 0 }));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    const { uid, successor } = (await storyOfLast(daemon)).recovery;
    expect(await hookLines(scene)).toEqual([
      `OnFailureDetection DeadMaster ${scene.primary} : ${uid}`,
      `PreFailover DeadMaster ${scene.primary} : ${uid}`,
      `PostMasterFailover DeadMaster ${scene.primary} ${successor} ${uid}`,
      `PostFailover DeadMaster ${scene.primary} ${successor} ${uid}`,
    ]);
  });
});

describe('a pre-failover hook', () => {
  it('that exits non-zero leaves every server as it was (P9)', async () => {
    const scene = await aScene();
    const { daemon } = await aController(
      scene,
      await configured(scene, {
        DetectionConfirmMilliseconds: 0,
        PreFailoverProcesses: ['true', 'exit 3', 'true'],
      }),
    );
    await expect.poll(() => answering(daemon), patient).toBe(3);
    const before = await scene.sandbox.status();
    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('vetoed');
    expect((await lastRecovery(daemon))?.reason).toContain('PreFailoverProcesses hook 2 of 3 exited 3');
    await scene.sandbox.restart(portOn(scene, scene.primary));
    await expect.poll(() => scene.sandbox.status(), patient).toEqual(before);
  });
});
