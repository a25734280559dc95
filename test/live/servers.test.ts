import { describe, expect, it, onTestFinished } from 'vitest';
import { executed, holdings } from '../../src/analysis/choice/candidates.ts';
import { systemClock } from '../../src/controller/system.ts';
import type { Order } from '../../src/engine/ports.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { MysqlServers } from '../../src/mysql/servers.ts';
import { countGtid, subtractGtid } from '../../src/topology/gtid/arithmetic.ts';
import type { Observation } from '../../src/topology/observation.ts';
import { releasesHere } from './flavours.ts';
import { aScene, portOn, type Scene } from './scene.ts';

const patient = { timeout: 20_000, interval: 20 };

function serversOf(scene: Scene, onLost: (key: InstanceKey) => void = () => {}): MysqlServers {
  const access = { ...scene.sandbox.credentials.topology, connectTimeoutMs: 2_000, tls: null };
  const servers = new MysqlServers({ access, clock: systemClock, useSuperReadOnly: false, onLost });
  onTestFinished(() => servers.close());
  return servers;
}

async function look(servers: MysqlServers, key: InstanceKey): Promise<Observation> {
  const [seen] = await servers.look([key], 5_000);
  if (seen === undefined) throw new Error('a look brings an observation');
  return seen;
}

describe.each(await releasesHere())('servers of $name', (release) => {
  const { flavour } = release;
  it('say whom they replicate from, who replicates from them and how far they are', async () => {
    const scene = await aScene(release);
    const servers = serversOf(scene);
    const [primary, replica] = await servers.look(scene.keys, 5_000);
    expect(primary).toMatchObject({
      outcome: 'read',
      error: null,
      server: { readOnly: false, replication: null, logBin: true },
    });
    expect(primary?.server?.listedReplicas.toSorted()).toEqual(scene.keys.slice(1).toSorted());
    expect(replica).toMatchObject({
      outcome: 'read',
      server: {
        readOnly: true,
        replication: { source: scene.primary, ioThread: 'running', sqlThread: 'running' },
      },
    });
    expect(replica?.server?.replication?.position).toBe(
      flavour === 'mariadb' ? 'mariadb-gtid' : 'mysql-gtid',
    );
    await expect
      .poll(async () => (await look(servers, scene.keys[1] ?? scene.primary)).server?.executedGtid, patient)
      .toBe((await look(servers, scene.primary)).server?.executedGtid);
  });

  it('are noticed when they die, and their replicas say that they have lost them', async () => {
    const scene = await aScene(release);
    const lost: InstanceKey[] = [];
    const servers = serversOf(scene, (key) => lost.push(key));
    await servers.look(scene.keys, 5_000);
    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(() => lost, patient).toEqual([scene.primary]);
    expect(await look(servers, scene.primary)).toMatchObject({
      outcome: 'failed',
      error: `${scene.primary} refuses connections`,
    });
    const replica = scene.keys[1] ?? scene.primary;
    await expect
      .poll(async () => (await look(servers, replica)).server?.replication?.ioThread, patient)
      .toBe('connecting');
  });

  it('do each order once however often it is given, and keep what they have received (P4)', async () => {
    const scene = await aScene(release);
    const servers = serversOf(scene);
    const [primary, replica, other] = scene.keys as [InstanceKey, InstanceKey, InstanceKey];
    const twice = async (order: Order) => {
      await servers.act(order, 5_000);
      await servers.act(order, 5_000);
    };
    // Received and not yet applied, for a delay holds the applying thread back.
    const delayed = {
      mariadb: 'STOP SLAVE; CHANGE MASTER TO MASTER_DELAY = 2; START SLAVE',
      mysql: 'STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 2; START REPLICA',
    };
    await scene.sandbox.sql(portOn(scene, replica), delayed[flavour]);
    await expect
      .poll(async () => (await look(servers, replica)).server?.replication?.ioThread, patient)
      .toBe('running');
    await scene.sandbox.sql(portOn(scene, primary), "INSERT INTO shop.orders VALUES (1, 'kept')");
    const rows = () => scene.sandbox.sql(portOn(scene, replica), 'SELECT COUNT(*) FROM shop.orders');
    const waiting = async () => {
      const { server } = await look(servers, replica);
      return server === null ? 0n : countGtid(subtractGtid(holdings(server), executed(server)));
    };
    await expect.poll(waiting, patient).toBe(1n);
    await twice({ verb: 'stopReceiving', instance: replica });
    await scene.sandbox.kill(portOn(scene, primary));
    expect(await rows()).toBe('0');
    expect((await look(servers, replica)).server?.replication).toMatchObject({ ioThread: 'stopped' });
    await expect.poll(rows, patient).toBe('1');

    await twice({ verb: 'promote', instance: replica });
    expect((await look(servers, replica)).server).toMatchObject({ readOnly: false, replication: null });
    await twice({ verb: 'follow', instance: other, source: replica });
    await expect
      .poll(async () => (await look(servers, other)).server?.replication, patient)
      .toMatchObject({
        source: replica,
        ioThread: 'running',
        sqlThread: 'running',
      });
    await twice({ verb: 'setReadOnly', instance: replica, readOnly: true });
    expect((await look(servers, replica)).server?.readOnly).toBe(true);
  });

  it('keep what they received though their applying thread had been stopped by hand (P4)', async () => {
    const scene = await aScene(release);
    const servers = serversOf(scene);
    const [primary, replica] = scene.keys as [InstanceKey, InstanceKey];
    await scene.sandbox.sql(
      portOn(scene, replica),
      flavour === 'mariadb' ? 'STOP SLAVE SQL_THREAD' : 'STOP REPLICA SQL_THREAD',
    );
    await scene.sandbox.sql(portOn(scene, primary), "INSERT INTO shop.orders VALUES (1, 'kept')");
    const has = async () => {
      const { server } = await look(servers, replica);
      return server === null ? 0n : countGtid(subtractGtid(holdings(server), executed(server)));
    };
    await expect.poll(has, patient).toBe(1n);
    await servers.act({ verb: 'stopReceiving', instance: replica }, 5_000);
    await scene.sandbox.kill(portOn(scene, primary));
    await scene.sandbox.sql(
      portOn(scene, replica),
      flavour === 'mariadb' ? 'START SLAVE SQL_THREAD' : 'START REPLICA SQL_THREAD',
    );
    const rows = () => scene.sandbox.sql(portOn(scene, replica), 'SELECT COUNT(*) FROM shop.orders');
    await expect.poll(rows, patient).toBe('1');
  });

  it('are changed by one controller at a time: the newcomer ends what the other had in flight (P3)', async () => {
    const scene = await aScene(release);
    const [deposed, newcomer] = [serversOf(scene), serversOf(scene)];
    const instance = scene.keys[1] ?? scene.primary;
    await deposed.act({ verb: 'stopReceiving', instance }, 5_000);
    await newcomer.act({ verb: 'startReceiving', instance }, 5_000);
    const held = await scene.sandbox.sql(
      portOn(scene, instance),
      "SELECT IS_USED_LOCK('baton/act') IS NOT NULL",
    );
    expect(held).toBe('1');
    await expect
      .poll(async () => (await look(newcomer, instance)).server?.replication?.ioThread, patient)
      .toBe('running');
  });

  it('are let go of one by one, so that the end of one recovery leaves the acts of another alone', async () => {
    const scene = await aScene(release);
    const servers = serversOf(scene);
    const [, done, underWay] = scene.keys as [InstanceKey, InstanceKey, InstanceKey];
    const held = (instance: InstanceKey) =>
      scene.sandbox.sql(portOn(scene, instance), "SELECT IS_USED_LOCK('baton/act') IS NOT NULL");
    for (const instance of [done, underWay]) await servers.act({ verb: 'stopReceiving', instance }, 5_000);
    servers.rest([done]);
    await expect.poll(() => held(done), patient).toBe('0');
    expect(await held(underWay)).toBe('1');
  });
});

describe('a server that does not let us in', () => {
  it('is an observation with a sentence, not an error', async () => {
    const scene = await aScene();
    const access = { user: 'baton', password: 'wrong', connectTimeoutMs: 1_000, tls: null };
    const servers = new MysqlServers({
      access,
      clock: systemClock,
      useSuperReadOnly: false,
      onLost: () => {},
    });
    onTestFinished(() => servers.close());
    const seen = await look(servers, scene.primary);
    expect(seen).toMatchObject({ outcome: 'failed', server: null });
    expect(seen.error).toContain(`${scene.primary} refuses Baton's account`);
  });

  it('that hangs is given up after its time, and answers again when it goes on', async () => {
    const scene = await aScene();
    const servers = serversOf(scene);
    await servers.look(scene.keys, 5_000);
    await scene.sandbox.freeze(portOn(scene, scene.primary));
    const [seen] = await servers.look([scene.primary], 200);
    expect(seen).toMatchObject({ outcome: 'failed', error: `${scene.primary} did not answer within 200 ms` });
    await scene.sandbox.thaw(portOn(scene, scene.primary));
    await expect.poll(async () => (await look(servers, scene.primary)).outcome, patient).toBe('read');
  });
});
