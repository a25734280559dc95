import mysql from 'mysql2/promise';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/controller/system.ts';
import type { Order } from '../../src/engine/ports.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { ReplicationKeys } from '../../src/mysql/replication-accounts.ts';
import { MysqlServers } from '../../src/mysql/servers.ts';
import type { Server } from '../../src/topology/observation.ts';
import { releasesHere } from './flavours.ts';
import { aScene, portOn, type Scene } from './scene.ts';

const patient = { timeout: 20_000, interval: 20 };

function handsOn(scene: Scene, replication: ReplicationKeys = { query: '', user: '', password: '' }) {
  const access = { ...scene.sandbox.credentials.topology, connectTimeoutMs: 2_000, tls: null };
  const servers = new MysqlServers({
    access,
    clock: systemClock,
    useSuperReadOnly: false,
    replication,
    onLost: () => {},
  });
  onTestFinished(() => servers.close());
  const look = async (key: InstanceKey): Promise<Server> => {
    const [seen] = await servers.look([key], 5_000);
    if (seen === undefined || seen.server === null) throw new Error(seen?.error ?? 'nothing was seen');
    return seen.server;
  };
  return {
    servers,
    look,
    act: (order: Order) => servers.act(order, 5_000),
    /** Twice, for each order is harmless when it is repeated. */
    twice: async (order: Order) => {
      await servers.act(order, 5_000);
      await servers.act(order, 5_000);
    },
    replicates: (key: InstanceKey, source: InstanceKey) =>
      expect
        .poll(async () => (await look(key)).replication, patient)
        .toMatchObject({ source, ioThread: 'running', sqlThread: 'running' }),
  };
}

const threeOf = (scene: Scene) => scene.keys as [InstanceKey, InstanceKey, InstanceKey];
const stopped = { ioThread: 'stopped' };

describe.each(await releasesHere())('orders to $name', (release) => {
  const isMariadb = release.flavour === 'mariadb';
  const words = isMariadb
    ? {
        status: 'SHOW SLAVE STATUS',
        stop: 'STOP SLAVE',
        start: 'START SLAVE',
        change: 'CHANGE MASTER TO MASTER',
      }
    : {
        status: 'SHOW REPLICA STATUS',
        stop: 'STOP REPLICA',
        start: 'START REPLICA',
        change: 'CHANGE REPLICATION SOURCE TO SOURCE',
      };

  it('detach a replica from its source and let it find back, by GTID and by coordinates', async () => {
    const scene = await aScene(release);
    const [primary, one, other] = threeOf(scene);
    const { twice, look, replicates } = handsOn(scene);
    const byPlace = isMariadb ? 'MASTER_USE_GTID=no' : 'SOURCE_AUTO_POSITION=0';
    await scene.sandbox.sql(
      portOn(scene, other),
      `${words.stop}; ${words.change.replace(/\w+$/, '')} ${byPlace}; ${words.start}`,
    );
    await replicates(other, primary);
    for (const key of [one, other]) {
      const before = await look(key);
      await twice({ verb: 'detach', instance: key });
      expect(await look(key)).toMatchObject({
        replication: null,
        detachedFrom: primary,
        detachedAt: key === other ? before.replication?.execCoordinates : null,
      });
    }
    await scene.sandbox.sql(portOn(scene, primary), "INSERT INTO shop.orders VALUES (1, 'meanwhile')");
    for (const key of [one, other]) {
      await twice({ verb: 'reattach', instance: key });
      await replicates(key, primary);
      await expect
        .poll(() => scene.sandbox.sql(portOn(scene, key), 'SELECT note FROM shop.orders'), patient)
        .toBe('meanwhile');
    }
    expect((await look(other)).replication?.position).toBe('coordinates');
  });

  it('give a former primary the account of its siblings, and say which key is missing where there is none', async () => {
    const scene = await aScene(release);
    const [former, successor, sibling] = threeOf(scene);
    const { user, password } = scene.sandbox.credentials.replication;
    const without = handsOn(scene);
    await without.servers.look(scene.keys, 5_000);
    await without.twice({ verb: 'promote', instance: successor });
    await without.twice({ verb: 'setReadOnly', instance: former, readOnly: true });
    const follow: Order = { verb: 'follow', instance: former, source: successor };
    await expect(without.act(follow)).rejects.toThrow(
      'set ReplicationUser and ReplicationPassword, or ReplicationCredentialsQuery',
    );
    expect(await without.servers.canGiveAccount(successor)).toContain('ReplicationCredentialsQuery');
    expect((await without.look(former)).replication).toBeNull();

    const asked = handsOn(scene, { query: `SELECT '${user}', '${password}'`, user: '', password: '' });
    await asked.servers.look(scene.keys, 5_000);
    expect(await asked.servers.canGiveAccount(successor)).toBeNull();
    await asked.twice({ verb: 'follow', instance: sibling, source: successor });
    await asked.twice(follow);
    await asked.replicates(former, successor);
    const retry = async (key: InstanceKey) => (await asked.look(key)).replication?.connectRetrySeconds;
    expect(await retry(former)).toBe(await retry(sibling));
    await scene.sandbox.sql(portOn(scene, successor), "INSERT INTO shop.orders VALUES (2, 'new')");
    await expect
      .poll(() => scene.sandbox.sql(portOn(scene, former), 'SELECT note FROM shop.orders'), patient)
      .toBe('new');

    const keyed = handsOn(scene, { query: '', user, password });
    await keyed.servers.look(scene.keys, 5_000);
    await keyed.twice({ verb: 'forget', instance: sibling });
    await keyed.act({ verb: 'follow', instance: sibling, source: successor });
    await keyed.replicates(sibling, successor);
  });

  it('tell nobody the password of an account, whatever the server says', async () => {
    const scene = await aScene(release);
    const [former, successor] = threeOf(scene);
    const password = 'hush-hush-and-more-than-the-thirty-two-letters-that-servers-take';
    const { act, servers } = handsOn(scene, { query: '', user: 'repl', password });
    await servers.look(scene.keys, 5_000);
    await scene.sandbox.sql(portOn(scene, former), 'SELECT 1');
    const said = await act({ verb: 'follow', instance: former, source: successor }).then(
      () => 'nothing',
      (error: Error) => JSON.stringify([error.message, error.cause ?? null, error.stack]),
    );
    expect(said).not.toContain('hush');
    const query = { query: "SELECT 'repl', 'hush' FROM WHERE", user: '', password: '' };
    expect(await handsOn(scene, query).servers.canGiveAccount(successor)).not.toContain('hush');
  });

  it('end the connections of applications, and no others', async () => {
    const scene = await aScene({ ...release, semiSync: true });
    const [primary, ...replicas] = threeOf(scene);
    const { act, look, replicates } = handsOn(scene);
    const { app } = scene.sandbox.credentials;
    const guest = async () => {
      const connection = await mysql.createConnection({
        host: '127.0.0.1',
        port: portOn(scene, primary),
        user: app.user,
        password: app.password,
      });
      connection.on('error', () => {});
      onTestFinished(() => connection.destroy());
      return connection;
    };
    const [idle, open] = [await guest(), await guest()];
    await open.query('BEGIN');
    await open.query("INSERT INTO shop.orders VALUES (7, 'uncommitted')");
    await act({ verb: 'endConnections', instance: primary });
    for (const connection of [idle, open]) await expect(connection.query('SELECT 1')).rejects.toThrow();
    expect(await scene.sandbox.sql(portOn(scene, primary), 'SELECT COUNT(*) FROM shop.orders')).toBe('0');
    for (const replica of replicas) await replicates(replica, primary);
    expect((await look(primary)).listedReplicas).toHaveLength(2);

    for (const instance of replicas) await act({ verb: 'stopReceiving', instance });
    const writer = await guest();
    const writing = writer.query("INSERT INTO shop.orders VALUES (8, 'waits for a replica')");
    await expect
      .poll(() => scene.sandbox.sql(portOn(scene, primary), 'SHOW PROCESSLIST'), patient)
      .toMatch(/semi-sync ACK/);
    await expect(act({ verb: 'endConnections', instance: primary })).rejects.toThrow('went on committing');
    for (const instance of replicas) await act({ verb: 'startReceiving', instance });
    await expect(writing).resolves.toBeDefined();
  });

  it('switch semi-sync on either side so that it counts', async () => {
    const scene = await aScene({ ...release, semiSync: true });
    const [primary, ...replicas] = threeOf(scene);
    const { twice, look, replicates } = handsOn(scene);
    for (const instance of replicas)
      await twice({ verb: 'setSemiSync', instance, side: 'replica', enabled: false });
    for (const replica of replicas) await replicates(replica, primary);
    await expect.poll(async () => (await look(primary)).semiSync.clients, patient).toBe(0);
    const [one] = replicas;
    await twice({ verb: 'setSemiSync', instance: one, side: 'replica', enabled: true });
    await expect.poll(async () => (await look(primary)).semiSync.clients, patient).toBe(1);
    await twice({ verb: 'setSemiSync', instance: primary, side: 'primary', enabled: false });
    expect((await look(primary)).semiSync.primaryEnabled).toBe(false);
    await twice({ verb: 'setSemiSync', instance: primary, side: 'primary', enabled: true });
    expect((await look(primary)).semiSync.primaryEnabled).toBe(true);
  });

  it('leave out the one transaction that cannot be applied', async () => {
    const scene = await aScene(release);
    const [primary, replica] = threeOf(scene);
    const { twice, look, replicates } = handsOn(scene);
    const { user } = scene.sandbox.credentials.topology;
    // MariaDB lets nobody else set sql_slave_skip_counter.
    if (isMariadb)
      await scene.sandbox.sql(
        portOn(scene, replica),
        `SET sql_log_bin = 0; GRANT SUPER ON *.* TO '${user}'@'127.0.0.1'`,
      );
    await scene.sandbox.sql(
      portOn(scene, replica),
      "SET sql_log_bin = 0; SET GLOBAL read_only = 0; INSERT INTO shop.orders VALUES (1, 'mine'); SET GLOBAL read_only = 1",
    );
    await scene.sandbox.sql(
      portOn(scene, primary),
      "INSERT INTO shop.orders VALUES (1, 'yours'); INSERT INTO shop.orders VALUES (2, 'next')",
    );
    // A thread stops a moment before or after it says why, and one that is about to stop is not started.
    await expect
      .poll(async () => (await look(replica)).replication, patient)
      .toMatchObject({ sqlThread: 'stopped', lastSqlError: expect.stringMatching(/./) });
    await twice({ verb: 'skipTransaction', instance: replica });
    await twice({ verb: 'startApplying', instance: replica });
    await replicates(replica, primary);
    const rows = () =>
      scene.sandbox.sql(portOn(scene, replica), 'SELECT GROUP_CONCAT(note ORDER BY id) FROM shop.orders');
    await expect.poll(rows, patient).toBe('mine,next');
    await twice({ verb: 'skipTransaction', instance: replica });
    await replicates(replica, primary);
  });

  it('change how late a replica applies and how it finds its place, and lose nothing of what it has received', async () => {
    const scene = await aScene(release);
    const [primary, one, other] = threeOf(scene);
    const { act, twice, look, replicates } = handsOn(scene);
    const notes = (key: InstanceKey) =>
      scene.sandbox.sql(portOn(scene, key), 'SELECT GROUP_CONCAT(note ORDER BY id) FROM shop.orders');
    await twice({ verb: 'setDelay', instance: one, seconds: 3_600 });
    await replicates(one, primary);
    expect((await look(one)).replication?.sqlDelaySeconds).toBe(3_600);
    await scene.sandbox.sql(portOn(scene, primary), "INSERT INTO shop.orders VALUES (1, 'late')");
    await expect.poll(() => notes(other), patient).toBe('late');
    expect(await notes(one)).toBe('NULL');
    await twice({ verb: 'setDelay', instance: one, seconds: 0 });
    await expect.poll(() => notes(one), patient).toBe('late');

    const { position } = (await look(other)).replication ?? {};
    await act({ verb: 'stopReceiving', instance: other });
    await twice({ verb: 'useGtid', instance: other, on: false });
    await act({ verb: 'startReceiving', instance: other });
    await replicates(other, primary);
    expect((await look(other)).replication?.position).toBe('coordinates');
    await scene.sandbox.sql(portOn(scene, primary), "INSERT INTO shop.orders VALUES (2, 'by place')");
    await expect.poll(() => notes(other), patient).toBe('late,by place');
    await act({ verb: 'stopReceiving', instance: other });
    await twice({ verb: 'useGtid', instance: other, on: true });
    await act({ verb: 'startReceiving', instance: other });
    await replicates(other, primary);
    expect((await look(other)).replication?.position).toBe(position);
    await scene.sandbox.sql(portOn(scene, primary), "INSERT INTO shop.orders VALUES (3, 'by GTID')");
    await expect.poll(() => notes(other), patient).toBe('late,by place,by GTID');
  });

  it('begin another file of a binary log, remove the older ones, and end what one application asks', async () => {
    const scene = await aScene(release);
    const [primary, one] = threeOf(scene);
    const { act, twice, look, servers } = handsOn(scene);
    const { app, topology } = scene.sandbox.credentials;
    const privilege = isMariadb ? 'BINLOG ADMIN' : 'BINLOG_ADMIN';
    await scene.sandbox.sql(
      portOn(scene, primary),
      `SET sql_log_bin = 0; GRANT ${privilege} ON *.* TO '${topology.user}'@'127.0.0.1'`,
    );
    const before = (await look(primary)).binlogCoordinates?.file;
    await act({ verb: 'rotateBinlog', instance: primary });
    const now = (await look(primary)).binlogCoordinates?.file ?? '';
    expect(now).not.toBe(before);
    await expect.poll(async () => (await look(one)).replication?.readCoordinates?.file, patient).toBe(now);
    // A thread that sends a file keeps it for the moment that it takes to open the next.
    await expect
      .poll(async () => {
        await twice({ verb: 'purgeBinlog', instance: primary, before: now });
        return servers.logFiles(primary);
      }, patient)
      .toEqual([now]);

    const asking = await mysql.createConnection({
      host: '127.0.0.1',
      port: portOn(scene, primary),
      user: app.user,
      password: app.password,
    });
    onTestFinished(() => asking.destroy());
    const [[row]] = (await asking.query('SELECT CONNECTION_ID() id')) as unknown as [[{ id: number }]];
    const asked = asking.query('SELECT SLEEP(60), COUNT(*) FROM shop.orders').then(
      () => 'ended',
      (error: Error) => error.message,
    );
    const waiting = `SELECT COUNT(*) FROM information_schema.processlist WHERE ID = ${row.id} AND COMMAND = 'Query'`;
    await expect.poll(() => scene.sandbox.sql(portOn(scene, primary), waiting), patient).toBe('1');
    await act({ verb: 'endStatement', instance: primary, connection: row.id });
    await asked;
    await asking.query('SELECT 1');
    const [dump] = (
      await scene.sandbox.sql(
        portOn(scene, primary),
        "SELECT ID FROM information_schema.processlist WHERE COMMAND LIKE 'Binlog Dump%'",
      )
    ).split('\n');
    await expect(act({ verb: 'endStatement', instance: primary, connection: Number(dump) })).rejects.toThrow(
      'serves replication',
    );
    await expect(act({ verb: 'endStatement', instance: primary, connection: 987_654 })).rejects.toThrow(
      'no connection 987654',
    );
  });

  it('make errant transactions known to all, or forgotten by the one', async () => {
    const scene = await aScene(release);
    const [primary, one, other] = threeOf(scene);
    const { act, twice, look, replicates } = handsOn(scene);
    const clean = (await look(one)).executedGtid;
    const stray =
      "SET GLOBAL read_only = 0; INSERT INTO shop.orders VALUES (9, 'stray'); SET GLOBAL read_only = 1";
    await scene.sandbox.sql(portOn(scene, one), stray);
    const strayed = (await look(one)).executedGtid;
    expect(strayed).not.toBe(clean);
    await expect(act({ verb: 'resetBinlog', instance: primary, executed: clean })).rejects.toThrow(
      'binary log they still need',
    );
    if (isMariadb)
      await expect(act({ verb: 'injectEmpty', instance: primary, gtids: strayed })).rejects.toThrow(
        'MariaDB',
      );
    else {
      await twice({ verb: 'injectEmpty', instance: primary, gtids: strayed });
      await expect.poll(async () => (await look(other)).executedGtid, patient).toBe(strayed);
    }
    const wanted = isMariadb ? clean : ((await look(other)).executedGtid.split(',')[0] ?? '');
    await twice({ verb: 'resetBinlog', instance: one, executed: wanted });
    expect((await look(one)).executedGtid).toBe(wanted);
    await replicates(one, primary);
  });

  it('follow a place in a binary log where GTID is not used', async () => {
    const scene = await aScene(release);
    const [primary, one, other] = threeOf(scene);
    const { twice, look, replicates } = handsOn(scene);
    const at = (await look(one)).binlogCoordinates ?? undefined;
    if (at === undefined) throw new Error('a replica here writes a binary log');
    await twice({ verb: 'follow', instance: other, source: one, at });
    await replicates(other, one);
    expect((await look(other)).replication?.position).toBe('coordinates');
    await scene.sandbox.sql(portOn(scene, primary), "INSERT INTO shop.orders VALUES (1, 'handed on')");
    await expect
      .poll(() => scene.sandbox.sql(portOn(scene, other), 'SELECT note FROM shop.orders'), patient)
      .toBe('handed on');
    await twice({ verb: 'follow', instance: other, source: primary });
    await replicates(other, primary);
    expect((await look(other)).replication?.position).not.toBe('coordinates');
    expect(await look(one)).not.toMatchObject({ replication: stopped });
  });
});
