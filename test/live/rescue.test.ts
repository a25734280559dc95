import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecoveryReport } from '../../src/controller/reports.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { readState } from '../../src/sandbox/state.ts';
import { mariadbBinlog, readersHere } from './a-binlog-reader.ts';
import { flavoursHere } from './flavours.ts';
import {
  aController,
  answering,
  aScene,
  configured,
  lastRecovery,
  portOn,
  type Scene,
  storyOfLast,
} from './scene.ts';

const patient = { timeout: 60_000, interval: 100 };
/** Three transactions. */
const kept = 'CREATE DATABASE kept; CREATE TABLE kept.t (id INT PRIMARY KEY); INSERT INTO kept.t VALUES (7);';
const words = {
  mariadb: {
    replication: 'SLAVE',
    executed: 'SELECT @@global.gtid_current_pos',
    waits: 'STOP SLAVE; CHANGE MASTER TO MASTER_CONNECT_RETRY=3600; START SLAVE;',
  },
  mysql: {
    replication: 'REPLICA',
    executed: 'SELECT @@global.gtid_executed',
    waits: 'STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_CONNECT_RETRY=3600; START REPLICA;',
  },
};

describe.each(await readersHere())('what only the binary log of a %s that is down has', (flavour) => {
  it('is filed by RescueCommand, and the verdict names it (P8)', async () => {
    const { recovery, rescued } = await afterRescue(flavour, () => '');
    expect(recovery.dataVerdict).toMatchObject({ kind: 'at-most', lostAtMost: 3 });
    expect(rescued).toContain('CREATE DATABASE kept');
  });

  it.runIf(flavour === 'mysql')(
    'is given to the successor before it takes writes where RescueApplyCommand says how, and nothing is lost (P4, P8)',
    async () => {
      const { scene, had, recovery } = await afterRescue(flavour, applying);
      expect(recovery.dataVerdict).toMatchObject({ kind: 'nothing-lost' });
      for (const key of scene.keys.slice(1))
        await expect.poll(() => asked(scene, key, 'SELECT id FROM kept.t'), patient).toContain('7');
      // Under the names that the failed primary gave them, so that it may follow when it comes back.
      expect(await asked(scene, recovery.successor ?? scene.primary, words[flavour].executed)).toBe(had);
    },
  );

  it.runIf(flavour === 'mariadb')(
    'is not given to a MariaDB that might apply it twice, and the verdict goes on naming it (P8)',
    async () => {
      const { scene, recovery } = await afterRescue(flavour, applying);
      expect(recovery.dataVerdict).toMatchObject({ kind: 'at-most', lostAtMost: 3 });
      expect(await asked(scene, recovery.successor ?? scene.primary, 'SHOW DATABASES')).not.toContain('kept');
    },
  );
});

describe.each(await flavoursHere())('what only a %s that answers, and takes no writes, has', (flavour) => {
  it('is received from itself before another is promoted, and nothing is lost (P4, P8)', async () => {
    const scene = await aScene({ flavour });
    const { daemon } = await aController(scene, await configured(scene));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    await cutOff(scene, flavour);
    await asked(scene, scene.primary, `${kept} SET GLOBAL read_only = 1;`);
    await asked(scene, scene.primary, `ALTER USER ${replicator(scene)} ACCOUNT UNLOCK;`);
    const had = await asked(scene, scene.primary, words[flavour].executed);
    const asker = { by: 'ann', why: 'its disk is full' };
    await daemon.post(`/baton/v1/clusters/${scene.primary}/force-failover`, asker);
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    const { recovery } = await storyOfLast(daemon);
    expect(recovery.dataVerdict).toMatchObject({ kind: 'nothing-lost' });
    expect(await asked(scene, recovery.successor ?? scene.primary, words[flavour].executed)).toBe(had);
  });
});

/** A failover of a primary that had three transactions which no replica had received. */
async function afterRescue(
  flavour: Flavour,
  apply: (scene: Scene) => string,
): Promise<{ scene: Scene; had: string; recovery: RecoveryReport; rescued: string }> {
  const scene = await aScene({ flavour });
  const data = scene.sandbox.members.find(({ key }) => key === scene.primary)?.dataDirectory ?? '';
  const { daemon } = await aController(
    scene,
    await configured(scene, {
      StateFile: join(scene.directory, 'rescue.sqlite'),
      RescueCommand: `${await binlogReader(scene, flavour)} --start-position="$BATON_RESCUE_POSITION" ${data}/"$BATON_RESCUE_BINLOG"`,
      RescueApplyCommand: apply(scene),
    }),
  );
  await expect.poll(() => answering(daemon), patient).toBe(3);
  const receive = (verb: string) => `${verb} ${words[flavour].replication} IO_THREAD;`;
  const replicas = scene.keys.slice(1);
  for (const key of replicas) await asked(scene, key, receive('STOP'));
  await asked(scene, scene.primary, kept);
  const had = await asked(scene, scene.primary, words[flavour].executed);
  await scene.sandbox.kill(portOn(scene, scene.primary));
  for (const key of replicas) await asked(scene, key, receive('START'));
  await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
  const { recovery } = await storyOfLast(daemon);
  const folder = join(scene.directory, 'rescue.sqlite.rescued');
  const [file = ''] = await readdir(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  return { scene, had, recovery, rescued: await readFile(join(folder, file), 'utf8') };
}

/** Its replicas are refused, and would try again in an hour. */
async function cutOff(scene: Scene, flavour: Flavour): Promise<void> {
  for (const key of scene.keys.slice(1)) await asked(scene, key, words[flavour].waits);
  await asked(scene, scene.primary, `ALTER USER ${replicator(scene)} ACCOUNT LOCK;`);
  const dumps = "SELECT ID FROM information_schema.processlist WHERE COMMAND LIKE 'Binlog Dump%' ORDER BY ID";
  await expect
    .poll(async () => (await asked(scene, scene.primary, dumps)).split('\n').length, patient)
    .toBe(2);
  for (const id of (await asked(scene, scene.primary, dumps)).split('\n'))
    await asked(scene, scene.primary, `KILL ${id}`);
  const threads = async () =>
    (await scene.sandbox.status()).slice(1).map(({ replication }) => replication?.ioThread);
  await expect.poll(threads, patient).toEqual(['connecting', 'connecting']);
}

function replicator({ sandbox }: Scene): string {
  return `'${sandbox.credentials.replication.user}'@'127.0.0.1'`;
}

function asked(scene: Scene, key: InstanceKey, statements: string): Promise<string> {
  return scene.sandbox.sql(portOn(scene, key), statements);
}

/** As root, over the successor's socket. */
function applying(scene: Scene): string {
  const sockets = join(scene.directory, '{successorPort}', 'sock');
  return `${client(scene)} --no-defaults --socket=${sockets} --user=root < "$BATON_RESCUE_FILE"`;
}

/** What reads binary logs: MySQL's lies beside the client, and is started in the same way. */
async function binlogReader(scene: Scene, flavour: Flavour): Promise<string> {
  if (flavour === 'mariadb') return (await mariadbBinlog()) ?? '';
  return client(scene).replace(/\/mysql$/, '/mysqlbinlog');
}

function client({ directory }: Scene): string {
  const found = readState(directory)?.found.client;
  return [found?.file ?? '', ...(found?.args ?? [])].join(' ');
}
