import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ordersOn } from '../../src/cli/demo/writer.ts';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { ClusterReport } from '../../src/controller/reports.ts';
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
  storyOfLast,
  writableOn,
} from './scene.ts';

const patient = { timeout: 60_000, interval: 100 };
/** Semi-sync that cannot be left, and that nobody sees a commit of before a replica has it. */
const unyielding = {
  mariadb: ['--rpl-semi-sync-master-wait-point=AFTER_SYNC', '--rpl-semi-sync-master-timeout=1000000000'],
  mysql: ['--loose-rpl-semi-sync-source-timeout=1000000000'],
};

describe.each(await flavoursHere())('a killed primary of %s', (flavour) => {
  it('has lost nothing, and that is proven, where commits waited for a replica that was read (P8)', async () => {
    const scene = await aScene({ flavour, semiSync: true, serverArguments: unyielding[flavour] });
    const file = join(scene.directory, 'verdict.txt');
    const { daemon } = await aController(
      scene,
      await configured(scene, {
        InstancePollSeconds: 1,
        PostFailoverProcesses: [`echo "$BATON_DATA_VERDICT" > ${file}`],
      }),
    );
    await expect.poll(() => answering(daemon), patient).toBe(3);
    const writer = aWriter(scene);
    await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(50);
    const since = Date.now();
    await expect.poll(() => isReadSince(daemon, scene.primary, since), patient).toBe(true);
    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    await writer.stop();
    const { recovery } = await storyOfLast(daemon);
    expect(recovery.dataVerdict).toMatchObject({ kind: 'nothing-lost', lostAtMost: 0, listed: '' });
    expect(await readFile(file, 'utf8')).toBe('nothing-lost\n');
    const successor = recovery.successor ?? scene.primary;
    expect(writer.missing(scene.primary, await ordersOn(successor, scene.sandbox.credentials.app))).toEqual(
      [],
    );
  });

  it('that is replaced by force while it answers has lost nothing: nobody could write there, or it had not moved since (P8)', async () => {
    const scene = await aScene({ flavour });
    const { daemon } = await aController(scene, await configured(scene));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    const wish = { by: 'ann', why: 'a test' };
    await daemon.post(`/baton/v1/clusters/${encodeURIComponent(scene.primary)}/force-failover`, wish);
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    const { recovery } = await storyOfLast(daemon);
    expect(recovery.dataVerdict).toMatchObject({ kind: 'nothing-lost', lostAtMost: 0 });
    expect(recovery.dataVerdict?.because).toContain(
      flavour === 'mysql'
        ? 'was read after it had stopped taking writes'
        : 'had not moved when it was read again',
    );
  });

  it('is not replaced where a replica that acknowledged is gone too, for the only copy may be there', async () => {
    const scene = await aScene({ flavour, semiSync: true, serverArguments: unyielding[flavour] });
    const { daemon } = await aController(scene, await configured(scene, { InstancePollSeconds: 1 }));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    const writer = aWriter(scene);
    await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(50);
    const since = Date.now();
    await expect.poll(() => isReadSince(daemon, scene.primary, since), patient).toBe(true);
    const [, acknowledger = scene.primary, other = scene.primary] = scene.keys;
    await Promise.all([acknowledger, scene.primary].map((key) => scene.sandbox.kill(portOn(scene, key))));
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('failed');
    await writer.stop();
    expect((await lastRecovery(daemon))?.reason).toContain(`(${acknowledger}) acknowledged`);
    expect(await writableOn(scene)).toEqual([]);
    expect(scene.keys).toContain(other);
  });

  it('has lost what nobody knows where no commit waited, and is fenced by command', async () => {
    const scene = await aScene({ flavour });
    const file = join(scene.directory, 'fenced.txt');
    const { daemon } = await aController(
      scene,
      await configured(scene, {
        FencingLevelRequired: 'proven',
        FenceCommand: `echo "{failedHost}:{failedPort}" >> ${file}`,
        FenceCommandProves: true,
      }),
    );
    await expect.poll(() => answering(daemon), patient).toBe(3);
    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    expect((await storyOfLast(daemon)).recovery.dataVerdict?.kind).toBe('unknown');
    expect(await readFile(file, 'utf8')).toBe(`${scene.primary}\n`);
  });
});

async function isReadSince(daemon: Daemon, key: InstanceKey, since: number): Promise<boolean> {
  const clusters = (await daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
  const found = clusters.flatMap(({ instances }) => instances).find(({ instance }) => instance === key);
  return Date.parse(found?.lastSeen ?? '') > since;
}
