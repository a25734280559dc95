import { describe, expect, it } from 'vitest';
import { ordersOn } from '../../src/cli/demo/writer.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
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

const patient = { timeout: 30_000, interval: 50 };

const mysqlSteps = ['ON_PERMISSIVE', 'OFF_PERMISSIVE', 'OFF'].map((mode) => `SET GLOBAL gtid_mode = ${mode}`);

/** From now on nobody goes by GTID; on MySQL nobody has any. */
async function withoutGtid(scene: Scene, flavour: Flavour): Promise<void> {
  const sql = (key: InstanceKey, ...words: string[]) =>
    scene.sandbox.sql(portOn(scene, key), words.join(';\n'));
  const replicas = scene.keys.filter((key) => key !== scene.primary);
  for (const key of replicas)
    await (flavour === 'mariadb'
      ? sql(key, 'STOP SLAVE', 'CHANGE MASTER TO MASTER_USE_GTID = no', 'START SLAVE')
      : sql(key, 'STOP REPLICA', 'CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION = 0', 'START REPLICA'));
  if (flavour === 'mysql') for (const step of mysqlSteps) for (const key of scene.keys) await sql(key, step);
}

const flavours = await flavoursHere();

describe.each(flavours)('a killed primary of %s, whose replicas do without GTID', (flavour) => {
  it('is succeeded, and a replica that had as much goes on at the place where the successor began', async () => {
    const scene = await aScene({ flavour });
    await withoutGtid(scene, flavour);
    const { daemon } = await aController(scene, await configured(scene));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    const writer = aWriter(scene);
    await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(50);
    // Nothing is written for a moment, so that both have the same.
    await writer.stop();
    const written = await ordersOn(scene.primary, scene.sandbox.credentials.app);
    for (const key of scene.keys)
      await expect
        .poll(async () => (await ordersOn(key, scene.sandbox.credentials.app)).size, patient)
        .toBe(written.size);

    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    const { recovery, records } = await storyOfLast(daemon);
    const successor = recovery.successor ?? scene.primary;
    expect(await writableOn(scene)).toEqual([successor]);
    expect(recovery.lost).toEqual([]);
    const other = scene.keys.find((key) => key !== successor && key !== scene.primary) ?? successor;
    const follow = records.find((record) => record.kind === 'act' && record.verb === 'follow');
    expect(follow).toMatchObject({ instance: other, order: { at: { position: expect.any(Number) } } });
    await scene.sandbox.sql(portOn(scene, successor), "INSERT INTO shop.orders VALUES (900000, 'after')");
    await expect
      .poll(async () => (await ordersOn(other, scene.sandbox.credentials.app)).size, patient)
      .toBe(written.size + 1);
  });

  it('under load is succeeded by whoever had received most; nobody that had more is made to follow', async () => {
    const scene = await aScene({ flavour, semiSync: true });
    await withoutGtid(scene, flavour);
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
    const has = await ordersOn(successor, scene.sandbox.credentials.app);
    expect(writer.missing(scene.primary, has)).toEqual([]);
    const left = recovery.lost.map(({ instance }) => instance);
    for (const key of scene.keys.slice(1).filter((one) => one !== successor && !left.includes(one)))
      await expect
        .poll(async () => (await ordersOn(key, scene.sandbox.credentials.app)).size, patient)
        .toBe(has.size);
  });
});

describe('a replica without GTID that has less than the successor', () => {
  it.runIf(flavours.includes('mysql'))(
    'finds its place by pseudo-GTID on MySQL, and goes on from there',
    async () => {
      const scene = await aScene({ flavour: 'mysql' });
      await withoutGtid(scene, 'mysql');
      const [primary, , behind] = scene.keys;
      if (primary === undefined || behind === undefined) throw new Error('there are three');
      const sql = (key: InstanceKey, words: string) => scene.sandbox.sql(portOn(scene, key), words);
      const orders = async (key: InstanceKey) => (await ordersOn(key, scene.sandbox.credentials.app)).size;
      const pseudoGtid = {
        PseudoGTIDPattern: 'drop view if exists `_pseudo_gtid_`',
        PseudoGTIDPatternIsFixedSubstring: true,
      };
      const { daemon } = await aController(
        scene,
        await configured(scene, { ...pseudoGtid, BinlogEventsChunkSize: 7 }),
      );
      await expect.poll(() => answering(daemon), patient).toBe(3);
      await sql(primary, 'CREATE DATABASE _pseudo_gtid_; drop view if exists `_pseudo_gtid_`.`_asc:1`');
      for (let id = 1; id <= 5; id += 1) await sql(primary, `INSERT INTO shop.orders VALUES (${id}, 'kept')`);
      await expect.poll(() => orders(behind), patient).toBe(5);
      await sql(behind, 'STOP REPLICA IO_THREAD; FLUSH BINARY LOGS');
      for (let id = 6; id <= 9; id += 1) await sql(primary, `INSERT INTO shop.orders VALUES (${id}, 'kept')`);
      await expect
        .poll(async () => Math.max(...(await Promise.all(scene.keys.slice(1).map(orders)))), patient)
        .toBe(9);

      await scene.sandbox.kill(portOn(scene, primary));
      await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
      const { recovery } = await storyOfLast(daemon);
      expect(recovery.successor).toBe(scene.keys[1]);
      expect(recovery.lost).toEqual([]);
      await expect.poll(() => orders(behind), patient).toBe(9);
    },
  );
});
