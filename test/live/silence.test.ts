import mysql from 'mysql2/promise';
import { describe, expect, it, onTestFinished } from 'vitest';
import { asGroup, controllerGroup, cutController, silence } from '../../bench/truth-network.ts';
import type { ControllerProcess } from '../../src/cli/demo/controller-process.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { flavoursHere } from './flavours.ts';
import { isInOwnNetwork, runInOwnNetwork, whyNoOwnNetwork } from './own-network.ts';
import {
  aController,
  answering,
  aScene,
  configured,
  lastRecovery,
  portOn,
  type Scene,
  writableOn,
} from './scene.ts';

const patient = { timeout: 60_000, interval: 50 };

/** What servers have when nobody sets it. */
const believing: Record<Flavour, string> = {
  mariadb: 'SET GLOBAL slave_net_timeout = 60; STOP SLAVE IO_THREAD; START SLAVE IO_THREAD',
  mysql: 'SET GLOBAL replica_net_timeout = 60; STOP REPLICA IO_THREAD; START REPLICA IO_THREAD',
};

async function watched(flavour: Flavour, servers = 3) {
  const scene = await aScene({ flavour, servers });
  const replicas = scene.keys.slice(1);
  for (const key of replicas) await scene.sandbox.sql(portOn(scene, key), believing[flavour]);
  await expect.poll(() => receiving(scene), patient).toEqual(replicas);
  const configFile = await configured(scene);
  // By its group the network tells its connections from those of the replicas.
  const { process, daemon } = await asGroup(controllerGroup, () => aController(scene, configFile));
  await expect.poll(() => answering(daemon), patient).toBe(servers);
  return { scene, replicas, daemon, heard: hearing(process) };
}

/** The replicas whose receiving thread is connected. */
async function receiving(scene: Scene): Promise<InstanceKey[]> {
  const servers = await scene.sandbox.status();
  return servers.filter(({ replication }) => replication?.ioThread === 'running').map(({ key }) => key);
}

/** All that the controller has said so far. */
function hearing(process: ControllerProcess): () => Promise<readonly string[]> {
  const lines: string[] = [];
  return async () => {
    lines.push(...(await process.news()).map(({ sentence }) => sentence));
    return lines;
  };
}

/** Which of these are said, in the order in which each is said first. */
function inOrder(lines: readonly string[], sayings: readonly RegExp[]): readonly RegExp[] {
  const first = (saying: RegExp) => lines.findIndex((line) => saying.test(line));
  return sayings.filter((saying) => first(saying) >= 0).toSorted((a, b) => first(a) - first(b));
}

const asked = /was asked to connect to its source anew/;
const steps = [
  /Have one replica, the one that would be missed least/,
  asked,
  /It could not, so have all the others do the same at once/,
  /No replica that was asked can reach it either/,
  /A recovery was opened/,
  /is the primary now, in place of/,
];

function undone(undo: () => void): () => void {
  let isUndone = false;
  const once = () => {
    if (!isUndone) undo();
    isUndone = true;
  };
  onTestFinished(once);
  return once;
}

if (!isInOwnNetwork) {
  const whyNot = whyNoOwnNetwork();
  const isWanted = whyNot === null || process.env['CI'] === 'true';
  if (!isWanted) console.log(`Skipped: what needs a network of its own, by unshare and nft. ${whyNot}`);
  it.runIf(isWanted)(
    'a silent primary is judged as it should be, in a network of its own',
    { timeout: 900_000 },
    () => {
      expect(whyNot).toBeNull();
      expect(runInOwnNetwork(import.meta.url)).toBe(0);
    },
  );
} else {
  describe.each(await flavoursHere())('a primary of %s that falls silent', (flavour) => {
    it.each(['silent', 'frozen'] as const)(
      'is replaced when it is %s, long before its replicas would give it up by themselves',
      async (how) => {
        const { scene, daemon, heard } = await watched(flavour);
        const port = portOn(scene, scene.primary);
        if (how === 'silent') undone(silence(port));
        else await scene.sandbox.freeze(port);
        await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
        expect(inOrder(await heard(), steps)).toEqual(steps);
        const successor = (await lastRecovery(daemon))?.successor;
        expect(await writableOn(scene)).toContain(successor);
        if (how === 'frozen') await scene.sandbox.thaw(port);
      },
    );

    it('is left alone where only the controller cannot reach it, and the one replica that was asked replicates', async () => {
      const { scene, replicas, daemon, heard } = await watched(flavour);
      const heal = undone(cutController(portOn(scene, scene.primary), 'drop'));
      const connected = /connected to .* anew, so it is Baton that cannot reach it/;
      await expect.poll(async () => (await heard()).some((line) => connected.test(line)), patient).toBe(true);
      await expect
        .poll(
          async () => (await heard()).some((line) => /this kind of failure is never acted upon/.test(line)),
          patient,
        )
        .toBe(true);
      expect((await heard()).filter((line) => asked.test(line))).toHaveLength(1);
      await expect.poll(() => receiving(scene), patient).toEqual(replicas);
      expect(await lastRecovery(daemon)).toBeNull();
      expect(await writableOn(scene)).toEqual([scene.primary]);
      heal();
      await expect.poll(() => answering(daemon), patient).toBe(3);
    });

    it('costs a replica that is asked nothing that it has received and not yet applied (P4)', async () => {
      const { scene, replicas, daemon, heard } = await watched(flavour, 2);
      const [primary, replica = 0] = scene.keys.map((key) => portOn(scene, key));
      const { app } = scene.sandbox.credentials;
      const holder = await mysql.createConnection({ ...app, host: '127.0.0.1', port: replica });
      onTestFinished(() => holder.destroy());
      await holder.query('LOCK TABLES shop.orders READ');
      const orders = Array.from({ length: 200 }, (_, id) => `(${id + 1}, 'received')`).join(', ');
      await scene.sandbox.sql(primary ?? 0, `INSERT INTO shop.orders (id, note) VALUES ${orders}`);
      await expect.poll(() => hasReceivedAll(scene), patient).toBe(true);
      undone(silence(primary ?? 0));
      await expect.poll(async () => (await heard()).some((line) => asked.test(line)), patient).toBe(true);
      expect(await countOn(scene, replica)).toBe(0);
      await holder.query('UNLOCK TABLES');
      await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
      expect((await lastRecovery(daemon))?.successor).toBe(replicas[0]);
      expect(await countOn(scene, replica)).toBe(200);
    });

    it('is asked about by those replicas only that apply, for others might lose what they have received (P4)', async () => {
      const { scene, replicas, daemon, heard } = await watched(flavour);
      const [idle = scene.primary, applying = scene.primary] = replicas;
      const word = flavour === 'mariadb' ? 'SLAVE' : 'REPLICA';
      await scene.sandbox.sql(portOn(scene, idle), `STOP ${word} SQL_THREAD`);
      undone(silence(portOn(scene, scene.primary)));
      const lost = /No replica that was asked can reach it either/;
      await expect.poll(async () => (await heard()).some((line) => lost.test(line)), patient).toBe(true);
      const whom = (await heard()).filter((line) => asked.test(line)).map((line) => line.split(' ')[0]);
      expect([...new Set(whom)]).toEqual([applying]);
      expect(await receiving(scene)).toEqual([idle]);
      expect(await lastRecovery(daemon)).toBeNull();
    });
  });
}

async function countOn({ sandbox }: Scene, port: number): Promise<number> {
  return Number(await sandbox.sql(port, 'SELECT COUNT(*) FROM shop.orders'));
}

/** The replica has read its source's binary log to the end. */
async function hasReceivedAll({ sandbox, keys }: Scene): Promise<boolean> {
  const [source = 0, replica = 0] = keys.map((key) => Number(key.split(':').at(-1)));
  const [master, slave] =
    sandbox.flavour === 'mariadb'
      ? ['SHOW MASTER STATUS', 'SHOW SLAVE STATUS']
      : ['SHOW BINARY LOG STATUS', 'SHOW REPLICA STATUS'];
  const written = /Position: (\d+)/.exec(await sandbox.sql(source, master, 'vertical'))?.[1];
  const received = /Read_(?:Master|Source)_Log_Pos: (\d+)/.exec(
    await sandbox.sql(replica, slave, 'vertical'),
  )?.[1];
  return written !== undefined && written === received;
}
