import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ordersOn } from '../../src/cli/demo/writer.ts';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { ClusterReport } from '../../src/controller/reports.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { readState } from '../../src/sandbox/state.ts';
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

describe.runIf((await flavoursHere()).includes('mysql'))('what only a dead primary’s binary log has', () => {
  it('is filed by RescueCommand, and the verdict names it', async () => {
    const { recovery, rescued } = await afterRescue(() => '');
    expect(recovery.dataVerdict).toMatchObject({ kind: 'at-most', lostAtMost: 3 });
    expect(rescued).toContain('CREATE DATABASE kept');
  });

  it('is given to the successor before it takes writes where RescueApplyCommand says how, and nothing is lost (P4, P8)', async () => {
    const { scene, recovery } = await afterRescue(applying);
    expect(recovery.dataVerdict).toMatchObject({ kind: 'nothing-lost' });
    const successor = recovery.successor ?? scene.primary;
    for (const key of scene.keys.filter((one) => one !== scene.primary))
      await expect
        .poll(() => scene.sandbox.sql(portOn(scene, key), 'SELECT id FROM kept.t'), patient)
        .toContain('7');
    const had = 'SELECT @@global.gtid_executed';
    // Under the names that the failed primary gave them, so that it may follow when it comes back.
    const uuids = (await scene.sandbox.sql(portOn(scene, successor), had)).split(',').length;
    expect(uuids).toBe(1);
  });
});

/** A failover of a primary that had three transactions which no replica had received. */
async function afterRescue(apply: (scene: Scene) => string) {
  const scene = await aScene({ flavour: 'mysql' });
  const ports = scene.keys.map((key) => portOn(scene, key));
  const [primary = 0, ...replicas] = ports;
  const data = scene.sandbox.members.find(({ port }) => port === primary)?.dataDirectory ?? '';
  const { daemon } = await aController(
    scene,
    await configured(scene, {
      StateFile: join(scene.directory, 'rescue.sqlite'),
      RescueCommand: `${clientProgram(scene, 'mysqlbinlog')} --start-position="$BATON_RESCUE_POSITION" ${data}/"$BATON_RESCUE_BINLOG"`,
      RescueApplyCommand: apply(scene),
    }),
  );
  await expect.poll(() => answering(daemon), patient).toBe(3);
  for (const port of replicas) await scene.sandbox.sql(port, 'STOP REPLICA IO_THREAD;');
  await scene.sandbox.sql(
    primary,
    'CREATE DATABASE kept; CREATE TABLE kept.t (id INT PRIMARY KEY); INSERT INTO kept.t VALUES (7);',
  );
  await scene.sandbox.kill(primary);
  for (const port of replicas) await scene.sandbox.sql(port, 'START REPLICA IO_THREAD;');
  await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
  const { recovery } = await storyOfLast(daemon);
  const folder = join(scene.directory, 'rescue.sqlite.rescued');
  const [file = ''] = await readdir(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  return { scene, recovery, rescued: await readFile(join(folder, file), 'utf8') };
}

/** As root, over the successor's socket. */
function applying(scene: Scene): string {
  const sockets = join(scene.directory, '{successorPort}', 'sock');
  return `${clientProgram(scene, 'mysql')} --no-defaults --socket=${sockets} --user=root < "$BATON_RESCUE_FILE"`;
}

/** mysqlbinlog lies beside the client, and is started in the same way. */
function clientProgram({ directory }: Scene, name: string): string {
  const client = readState(directory)?.found.client;
  return [client?.file ?? '', ...(client?.args ?? [])]
    .map((word) => word.replace(/\/mysql$/, `/${name}`))
    .join(' ');
}

async function isReadSince(daemon: Daemon, key: InstanceKey, since: number): Promise<boolean> {
  const clusters = (await daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
  const found = clusters.flatMap(({ instances }) => instances).find(({ instance }) => instance === key);
  return Date.parse(found?.lastSeen ?? '') > since;
}
