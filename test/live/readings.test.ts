import mysql from 'mysql2';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/controller/system.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { MysqlServers } from '../../src/mysql/servers.ts';
import type { Account } from '../../src/sandbox/accounts.ts';
import type { Observation } from '../../src/topology/observation.ts';
import { releasesHere } from './flavours.ts';
import { aScene, portOn, type Scene } from './scene.ts';

const releases = await releasesHere();
const bare: Account = { user: 'bare', password: 'x' };

/** One who looks with an account, and whose clock can be put forward. */
function aLooker(account: Account) {
  let ahead = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const servers = new MysqlServers({
    access: { ...account, connectTimeoutMs: 2_000, tls: null },
    clock,
    useSuperReadOnly: false,
    onLost: () => {},
  });
  onTestFinished(() => servers.close());
  return {
    look: async (key: InstanceKey): Promise<Observation> => {
      const [seen] = await servers.look([key], 5_000);
      if (seen === undefined) throw new Error('a look brings an observation');
      return seen;
    },
    waitAMinute: () => {
      ahead += 61_000;
    },
  };
}

const sqlOn = (scene: Scene, key: InstanceKey) => (words: string) =>
  scene.sandbox.sql(portOn(scene, key), words);

/** A commit waits for a replica for ever, and nobody sees it before. */
const unyielding = {
  mariadb: ['--rpl-semi-sync-master-wait-point=AFTER_SYNC', '--rpl-semi-sync-master-timeout=1000000000'],
  mysql: ['--loose-rpl-semi-sync-source-timeout=1000000000'],
};

/** What an account needs for the replication status, and what for the rest, in the order of their sentences. */
const privileges = {
  mariadb: { needed: 'SLAVE MONITOR', others: ['PROCESS', 'REPLICATION MASTER ADMIN'] },
  mysql: { needed: 'REPLICATION CLIENT', others: ['PROCESS', 'REPLICATION SLAVE'] },
};

describe.each(releases)('a look at $name', (release) => {
  const { flavour } = release;

  it('asks four statements at most, none of which needs a disk, and names the grants it lacks until it has them', async () => {
    const scene = await aScene({ ...release, servers: 1 });
    const sql = sqlOn(scene, scene.primary);
    const { needed, others } = privileges[flavour];
    const { look, waitAMinute } = aLooker(bare);
    const grant = (what: string) => sql(`GRANT ${what} ON *.* TO bare@127.0.0.1`);
    const lacks = async () => (await look(scene.primary)).server?.lacks;

    await sql("CREATE USER bare@127.0.0.1 IDENTIFIED BY 'x'");
    const refused = await look(scene.primary);
    expect(refused).toMatchObject({ outcome: 'partial', echo: 'answered', server: null });
    expect(refused.error).toContain(`replication status may not be read; GRANT ${needed} ON *.*`);

    await grant(needed);
    const all = others.map((other): unknown => expect.stringContaining(`GRANT ${other} ON *.*`));
    expect(await lacks()).toEqual(all);

    await grant(others.join(', '));
    expect(await lacks()).toEqual(all);
    waitAMinute();
    expect(await lacks()).toEqual([]);

    const count = async (name: string) =>
      Number((await sql(`SHOW GLOBAL STATUS LIKE '${name}'`)).split('\t')[1]);
    const before = { asked: await count('Questions'), onDisk: await count('Created_tmp_disk_tables') };
    for (let nth = 0; nth < 25; nth += 1) await look(scene.primary);
    // What the sandbox's own client asks is in the difference.
    expect(Math.floor(((await count('Questions')) - before.asked) / 25)).toBe(flavour === 'mariadb' ? 3 : 4);
    expect((await count('Created_tmp_disk_tables')) - before.onDisk).toBeLessThan(25);
  });

  it('reads a primary whose commits wait for a replica that is gone, how many they are too', async () => {
    const scene = await aScene({
      ...release,
      servers: 2,
      semiSync: true,
      serverArguments: unyielding[flavour],
    });
    const { app, topology } = scene.sandbox.credentials;
    const [primary, replica] = scene.keys as [InstanceKey, InstanceKey];
    await scene.sandbox.kill(portOn(scene, replica));
    const writers = [1, 2].map((id) => {
      const connection = mysql.createConnection({
        ...app,
        port: portOn(scene, primary),
        host: '127.0.0.1',
        database: 'shop',
      });
      connection.on('error', () => {});
      connection.query(`INSERT INTO orders VALUES (${id}, 'waits')`, () => {});
      return connection;
    });
    const { look } = aLooker(topology);
    const under = "SELECT COUNT(*) FROM information_schema.processlist WHERE USER='app' AND COMMAND='Query'";
    await expect.poll(() => sqlOn(scene, primary)(under), { timeout: 10_000, interval: 50 }).toContain('2');
    const seen = await look(primary);
    // One of those that commit together waits for the replica, the others for it.
    expect(seen).toMatchObject({ outcome: 'read', error: null, server: { semiSync: { waiting: 1 } } });
    expect(seen.tookMs).toBeLessThan(1_000);
    for (const connection of writers) connection.destroy();
  });

  it('finds a replica that does not say its host by its connection', async () => {
    const scene = await aScene({ ...release, servers: 2, serverArguments: ['--report-host='] });
    const { look } = aLooker(scene.sandbox.credentials.topology);
    // MariaDB knows the port it registered, MySQL's list of connections does not.
    const found = flavour === 'mariadb' ? scene.keys.slice(1) : [scene.primary];
    expect((await look(scene.primary)).server?.listedReplicas).toEqual(found);
  });

  it('lists every channel of a server that has many sources', async () => {
    const scene = await aScene(release);
    const [first, second, replica] = scene.keys as [InstanceKey, InstanceKey, InstanceKey];
    const [, port = ''] = second.split(':');
    await sqlOn(
      scene,
      replica,
    )(
      flavour === 'mariadb'
        ? `CHANGE MASTER 'west' TO MASTER_HOST='127.0.0.1', MASTER_PORT=${port}, MASTER_USER='repl'`
        : `CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=${port} FOR CHANNEL 'west'`,
    );
    const { server } = await aLooker(scene.sandbox.credentials.topology).look(replica);
    expect(server?.replication).toMatchObject({
      channel: '',
      source: first,
      channels: 2,
      otherChannels: [{ channel: 'west', source: second, ioThread: 'stopped', sqlThread: 'stopped' }],
    });
  });
});

describe.runIf(releases.some(({ flavour }) => flavour === 'mysql'))('a look at MySQL', () => {
  it('reads status and settings though performance_schema is off', async () => {
    const scene = await aScene({
      flavour: 'mysql',
      servers: 2,
      semiSync: true,
      serverArguments: ['--performance-schema=OFF'],
    });
    const { look } = aLooker(scene.sandbox.credentials.topology);
    const { server } = await look(scene.primary);
    expect(server).toMatchObject({
      binlogFormat: 'ROW',
      lacks: [],
      semiSync: { primaryEnabled: true, clients: 1, timeoutMs: 10_000, waitForReplicas: 1 },
    });
  });

  it('sees the group that a server is in, and says which grant shows its members', async () => {
    const scene = await aScene({ flavour: 'mysql', servers: 1 });
    const sql = sqlOn(scene, scene.primary);
    const name = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';
    const { look, waitAMinute } = aLooker(scene.sandbox.credentials.topology);
    expect((await look(scene.primary)).server).toMatchObject({ group: null, lacks: [] });
    const port = portOn(scene, scene.primary);
    // A port of the machine that nobody else has: the group of one talks to nobody.
    const address = `127.0.0.1:${port < 60_000 ? port + 5_000 : port - 5_000}`;
    await sql(`INSTALL PLUGIN group_replication SONAME 'group_replication.so';
      SET GLOBAL group_replication_group_name='${name}';
      SET GLOBAL group_replication_local_address='${address}';
      SET GLOBAL group_replication_bootstrap_group=ON;
      START GROUP_REPLICATION`);
    const lacking = (await look(scene.primary)).server;
    expect(lacking?.group).toEqual({ name, state: '', role: '', members: [] });
    const grant = 'SELECT ON performance_schema.replication_group_members';
    expect(lacking?.lacks).toEqual([expect.stringContaining(`GRANT ${grant}`)]);
    await sql(`GRANT ${grant} TO ${scene.sandbox.credentials.topology.user}@127.0.0.1`);
    waitAMinute();
    expect((await look(scene.primary)).server).toMatchObject({
      lacks: [],
      replication: null,
      group: {
        name,
        state: 'ONLINE',
        role: 'PRIMARY',
        members: [{ key: scene.primary, state: 'ONLINE', role: 'PRIMARY' }],
      },
    });
  });

  it('keeps a tagged GTID whole', async () => {
    const scene = await aScene({ flavour: 'mysql', servers: 1 });
    await sqlOn(scene, scene.primary)("SET gtid_next='AUTOMATIC:shop'; CREATE DATABASE tagged");
    const { server } = await aLooker(scene.sandbox.credentials.topology).look(scene.primary);
    expect(server?.executedGtid).toMatch(/:shop:1$/);
  });
});

describe.runIf(releases.some(({ flavour }) => flavour === 'mysql'))('a look at a primary of MySQL', () => {
  it('counts a semi-sync replica once while it connects anew, which the server counts twice', async () => {
    const scene = await aScene({ flavour: 'mysql', semiSync: true });
    const [primary, , replica] = [scene.primary, scene.keys[1], scene.keys[2] ?? scene.primary];
    const { look } = aLooker(scene.sandbox.credentials.topology);
    const counts = new Set<number>();
    let twice = 0;
    const clients =
      "SELECT variable_value FROM performance_schema.global_status WHERE variable_name = 'Rpl_semi_sync_source_clients'";
    for (let time = 0; time < 12; time += 1) {
      await sqlOn(scene, replica)('STOP REPLICA IO_THREAD; START REPLICA IO_THREAD;');
      for (let again = 0; again < 5; again += 1)
        counts.add((await look(primary)).server?.semiSync.clients ?? -1);
      twice += Number(await sqlOn(scene, primary)(clients)) > 2 ? 1 : 0;
    }
    expect(Math.max(...counts)).toBe(2);
    expect(twice).toBeGreaterThan(0);
  });
});
