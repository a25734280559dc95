import { describe, expect, it } from 'vitest';
import { dialects } from '../../src/sandbox/dialect.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { flavoursHere } from './flavours.ts';
import {
  aScene,
  aWriter,
  hookLines,
  lastRecovery,
  portOn,
  type Scene,
  storyOfLast,
  writableOn,
} from './scene.ts';
import { ended, killPrimary, patient, watched } from './waits.ts';
import { ordersOn } from '../../src/cli/demo/writer.ts';

/** Has a server replicate from another one of the scene. */
async function follow(scene: Scene, flavour: Flavour, key: InstanceKey, source: InstanceKey): Promise<void> {
  const stop = flavour === 'mariadb' ? 'STOP SLAVE;' : 'STOP REPLICA;';
  await scene.sandbox.sql(
    portOn(scene, key),
    `${stop} ${dialects[flavour].follow(portOn(scene, source), scene.sandbox.credentials.replication)}`,
  );
}

async function sourcesIn(scene: Scene): Promise<Record<InstanceKey, InstanceKey | null>> {
  const status = await scene.sandbox.status();
  return Object.fromEntries(status.map(({ key, replication }) => [key, replication?.source ?? null]));
}

async function isReplicating(scene: Scene, key: InstanceKey): Promise<boolean> {
  const one = (await scene.sandbox.status()).find((member) => member.key === key);
  return one?.replication?.ioThread === 'running' && one.replication.sqlThread === 'running';
}

describe.each(await flavoursHere())('the replicas of a dead intermediate source of %s', (flavour) => {
  it('follow its sibling, have all that is written before and after, and the hooks are told', async () => {
    const scene = await aScene({ flavour, servers: 5 });
    const [a, b, c, d, e] = scene.keys;
    if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined)
      throw new Error('the scene has five servers');
    await follow(scene, flavour, d, b);
    await follow(scene, flavour, e, b);
    const { daemon } = await watched(scene, {
      RecoverIntermediateMasterClusterFilters: ['*'],
      PostIntermediateMasterFailoverProcesses: [
        `echo "PostIntermediate {failedHost}:{failedPort} {successorHost}:{successorPort}" >> ${scene.directory}/hooks.log`,
      ],
    });
    await expect.poll(() => isReplicating(scene, e), patient).toBe(true);
    const writer = aWriter(scene);
    await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(50);

    await scene.sandbox.kill(portOn(scene, b));
    expect(await ended(daemon)).toBe('relocated');
    const { recovery } = await storyOfLast(daemon);
    expect(recovery).toMatchObject({ kind: 'relocation', failed: b, successor: c, lost: [] });
    expect(await sourcesIn(scene)).toMatchObject({ [a]: null, [c]: a, [d]: c, [e]: c });
    await writer.stop();
    const written = (await ordersOn(a, scene.sandbox.credentials.app)).size;
    expect(written).toBeGreaterThan(50);
    for (const key of [d, e])
      await expect
        .poll(async () => (await ordersOn(key, scene.sandbox.credentials.app)).size, patient)
        .toBe(written);
    expect(await writableOn(scene)).toEqual([a]);
    expect(await hookLines(scene)).toContain(`PostIntermediate ${b} ${c}`);
  });
});

describe('a dead co-primary of MariaDB', () => {
  it('is succeeded by the other one, which had all it acknowledged under semi-sync', async () => {
    const scene = await aScene({ flavour: 'mariadb', servers: 3, semiSync: true });
    const [a, b, c] = scene.keys;
    if (a === undefined || b === undefined || c === undefined) throw new Error('the scene has three servers');
    await follow(scene, 'mariadb', a, b);
    const { daemon } = await watched(scene);
    await expect.poll(() => isReplicating(scene, a), patient).toBe(true);
    const writer = aWriter(scene);
    await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(50);

    expect(await killPrimary(scene, daemon)).toBe('recovered');
    await expect.poll(() => writer.firstElsewhere(a), patient).not.toBeNull();
    await writer.stop();
    expect((await storyOfLast(daemon)).recovery).toMatchObject({ code: 'DeadCoMaster', successor: b });
    expect(writer.missing(a, await ordersOn(b, scene.sandbox.credentials.app))).toEqual([]);
    expect(await sourcesIn(scene)).toMatchObject({ [b]: null, [c]: b });
    expect(await writableOn(scene)).toEqual([b]);
  });
});

describe.each(await flavoursHere())('a primary of %s that lives and is not as it should be', (flavour) => {
  it('waits for replicas that it has again, once those are switched on', async () => {
    const scene = await aScene({ flavour, semiSync: true });
    const { semiSyncReplica } = dialects[flavour];
    const [stop, start] =
      flavour === 'mariadb' ? ['STOP SLAVE', 'START SLAVE'] : ['STOP REPLICA', 'START REPLICA'];
    const { daemon } = await watched(scene, {
      ReasonableLockedSemiSyncMasterSeconds: 1,
      RecoverLockedSemiSyncMaster: true,
      InstancePollSeconds: 1,
    });
    for (const replica of scene.keys.slice(1))
      await scene.sandbox.sql(
        portOn(scene, replica),
        `SET GLOBAL ${semiSyncReplica}=OFF; ${stop} IO_THREAD; ${start} IO_THREAD;`,
      );
    expect(await ended(daemon)).toBe('mended');
    expect((await storyOfLast(daemon)).recovery).toMatchObject({
      kind: 'mending',
      code: 'LockedSemiSyncMaster',
      successor: scene.primary,
    });
    const stages = (await hookLines(scene)).map((line) => line.split(' ')[0]);
    expect(stages).toEqual(['OnFailureDetection', 'PostFailover']);
    const writer = aWriter(scene);
    await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(10);
    await writer.stop();
  });

  it('takes writes again that was found read-only, while no other does', async () => {
    const scene = await aScene({ flavour });
    const { daemon } = await watched(scene, { RecoverNonWriteableMaster: true, InstancePollSeconds: 1 });
    await scene.sandbox.sql(portOn(scene, scene.primary), 'SET GLOBAL read_only = 1');
    expect(await ended(daemon)).toBe('mended');
    expect(await writableOn(scene)).toEqual([scene.primary]);
    expect((await lastRecovery(daemon))?.code).toBe('NoWriteableMasterStructureWarning');
  });
});
