import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import mysql2 from 'mysql2';
import { describe, expect, it } from 'vitest';
import type { RejoinReport } from '../../src/controller/requests/rejoins.ts';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { dialects } from '../../src/sandbox/dialect.ts';
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
  writableOn,
} from './scene.ts';

const patient = { timeout: 40_000, interval: 50 };
/** One probe interval and 200 ms. */
const silencedWithinMs = 1_200;

/** A commit waits for a replica for ever. */
const unyielding = {
  mariadb: ['--rpl-semi-sync-master-wait-point=AFTER_SYNC', '--rpl-semi-sync-master-timeout=1000000000'],
  mysql: ['--loose-rpl-semi-sync-source-timeout=1000000000'],
};

const follows = (source: InstanceKey) => ({ source, ioThread: 'running', sqlThread: 'running' });

async function replicationOf(scene: Scene, key: InstanceKey) {
  return (await scene.sandbox.status()).find((one) => one.key === key)?.replication;
}

const ordersOf = (scene: Scene, key: InstanceKey) =>
  scene.sandbox.sql(portOn(scene, key), 'SELECT id, note FROM shop.orders ORDER BY id');

const orders = (...ids: readonly number[]) =>
  `INSERT INTO shop.orders VALUES ${ids.map((id) => `(${id}, 'order ${id}')`).join(', ')}`;

/** An application's order on the old primary: whether it was told that it is committed. */
function ordering(scene: Scene, id: number): Promise<'committed' | 'lost'> {
  const { app } = scene.sandbox.credentials;
  const connection = mysql2.createConnection({
    ...app,
    host: '127.0.0.1',
    port: portOn(scene, scene.primary),
    database: 'shop',
  });
  connection.on('error', () => {});
  return new Promise((resolve) => {
    connection.query(orders(id), (error) => resolve(error === null ? 'committed' : 'lost'));
  });
}

async function commitsUnderWay(scene: Scene): Promise<number> {
  const under = "SELECT COUNT(*) FROM information_schema.processlist WHERE USER='app' AND COMMAND='Query'";
  return Number(await scene.sandbox.sql(portOn(scene, scene.primary), under));
}

/** Brings the old primary back; how long it takes writes, from when it is up. */
async function comesBack(scene: Scene): Promise<number> {
  const port = portOn(scene, scene.primary);
  await scene.sandbox.restart(port);
  const began = performance.now();
  // The connection that asks may be among those that are ended.
  const readOnly = () => scene.sandbox.sql(port, 'SELECT @@global.read_only').catch(() => '');
  while (performance.now() - began < 20_000) if ((await readOnly()).trim() === '1') break;
  return performance.now() - began;
}

/** A cluster whose primary has died and was replaced, with an order that all have and one that is newer. */
async function failedOver(scene: Scene, more: Record<string, unknown>) {
  const { daemon, process } = await aController(
    scene,
    await configured(scene, { DetectionConfirmMilliseconds: 0, ...more }),
  );
  await expect.poll(() => answering(daemon), patient).toBe(3);
  await scene.sandbox.sql(portOn(scene, scene.primary), orders(1));
  for (const key of scene.keys) await expect.poll(() => ordersOf(scene, key), patient).toContain('order 1');
  await scene.sandbox.kill(portOn(scene, scene.primary));
  await expect.poll(async () => (await lastRecovery(daemon))?.successor ?? null, patient).not.toBeNull();
  const successor = (await lastRecovery(daemon))?.successor ?? scene.primary;
  await scene.sandbox.sql(portOn(scene, successor), orders(2));
  return { daemon, process, successor };
}

describe.each(await flavoursHere())('a replaced primary of %s', (flavour) => {
  it('that comes back with nothing of its own is silenced at once and follows its successor (P3)', async () => {
    const scene = await aScene({ flavour, semiSync: true });
    const { successor } = await failedOver(scene, { RejoinReplacedPrimary: 'automatic' });

    const tookMs = await comesBack(scene);
    console.log(`${flavour}: took writes for ${tookMs.toFixed(0)} ms after its restart`);
    expect(tookMs).toBeLessThan(silencedWithinMs);
    await expect.poll(() => replicationOf(scene, scene.primary), patient).toMatchObject(follows(successor));
    await expect
      .poll(() => ordersOf(scene, scene.primary), patient)
      .toEqual(await ordersOf(scene, successor));
    expect(await writableOn(scene)).toEqual([successor]);
  });

  it('on which commits wait for a replica when it comes back is silenced, nobody hears of them, and they are listed (P3, P8)', async () => {
    const scene = await aScene({ flavour, semiSync: true, serverArguments: unyielding[flavour] });
    const { daemon, process } = await failedOver(scene, {});
    process.signal('SIGSTOP');
    await scene.sandbox.restart(portOn(scene, scene.primary));
    const waiting = [7, 8].map((id) => ordering(scene, id));
    await expect.poll(() => commitsUnderWay(scene), patient).toBe(2);
    process.signal('SIGCONT');
    const began = performance.now();
    const port = portOn(scene, scene.primary);
    await expect
      .poll(() => scene.sandbox.sql(port, 'SELECT @@global.read_only').catch(() => ''), patient)
      .toContain('1');
    expect(performance.now() - began).toBeLessThan(silencedWithinMs);
    expect(await Promise.all(waiting)).toEqual(['lost', 'lost']);
    await expect.poll(async () => (await storyOfLast(daemon)).returns[0]?.state, patient).toBe('offered');
    const [returned] = (await storyOfLast(daemon)).returns;
    expect(returned?.assessment).toMatchObject({ count: 2 });
    if (flavour === 'mysql')
      expect(await scene.sandbox.sql(port, 'SELECT @@global.offline_mode')).toContain('0');
  });

  it('that was a co-primary is silenced though what it applies waits for a replica (P3)', async () => {
    const scene = await aScene({ flavour, semiSync: true, serverArguments: unyielding[flavour] });
    const [first = scene.primary, other = scene.primary] = scene.keys;
    const { replication } = scene.sandbox.credentials;
    await scene.sandbox.sql(
      portOn(scene, first),
      dialects[flavour].follow(portOn(scene, other), replication),
    );
    await expect.poll(() => replicationOf(scene, first), patient).toMatchObject(follows(other));
    const { daemon, process, successor } = await failedOver(scene, {});
    expect(successor).toBe(other);
    process.signal('SIGSTOP');
    await scene.sandbox.restart(portOn(scene, first));
    const applying = "SELECT COUNT(*) FROM information_schema.processlist WHERE STATE LIKE '%semi-sync ACK%'";
    await expect.poll(() => scene.sandbox.sql(portOn(scene, first), applying), patient).toBe('1');
    process.signal('SIGCONT');
    await expect.poll(async () => (await storyOfLast(daemon)).returns[0]?.state, patient).toBe('offered');
    expect(await writableOn(scene)).toEqual([successor]);
  });

  it('that comes back while the hooks of its recovery run is silenced at once, and follows when they are done (P3)', async () => {
    const scene = await aScene({ flavour });
    const { daemon } = await aController(
      scene,
      await configured(scene, {
        DetectionConfirmMilliseconds: 0,
        RejoinReplacedPrimary: 'automatic',
        PostMasterFailoverProcesses: ['sleep 6'],
      }),
    );
    await expect.poll(() => answering(daemon), patient).toBe(3);
    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(async () => (await writableOn(scene)).length, patient).toBe(1);
    const [successor = scene.primary] = await writableOn(scene);
    expect(await comesBack(scene)).toBeLessThan(silencedWithinMs);
    expect((await lastRecovery(daemon))?.state).toBe('under way');
    await expect.poll(() => replicationOf(scene, scene.primary), patient).toMatchObject(follows(successor));
    expect(await writableOn(scene)).toEqual([successor]);
  });

  it('with transactions of its own does not follow; they are listed, saved, and it is rebuilt when a person says so (P4, P8)', async () => {
    const scene = await aScene({ flavour });
    const at = (name: string) => join(scene.directory, name);
    const { daemon, successor } = await failedOver(scene, {
      SaveErrantCommand: [`cp "$BATON_ERRANT_FILE" ${at('saved.txt')}`],
      // The test is who rebuilds it, while the command waits.
      RebuildCommand: [`touch ${at('begun')}; while [ ! -e ${at('rebuilt')} ]; do sleep 0.1; done`],
    });
    expect(await comesBack(scene)).toBeLessThan(silencedWithinMs);
    await expect.poll(async () => (await storyOfLast(daemon)).returns[0]?.state, patient).toBe('offered');
    const port = portOn(scene, scene.primary);
    const words = flavour === 'mariadb' ? mariadb : mysql;
    const had = (await scene.sandbox.sql(port, words.had)).trim().replaceAll('\n', '');
    // Root is not bound by read_only.
    await scene.sandbox.sql(port, `${orders(7)}; ${orders(8)}`);

    const refused = await rejoined(daemon, scene.primary, { rebuilds: false });
    expect(refused).toMatchObject({ state: 'offered' });
    expect(refused.reason).toContain('has 2 transactions');
    expect(await replicationOf(scene, scene.primary)).toBeNull();

    const rebuilding = rejoined(daemon, scene.primary, { rebuilds: true });
    await expect.poll(() => stat(at('begun')).catch(() => null), patient).not.toBeNull();
    const saved = await readFile(at('saved.txt'), 'utf8');
    expect(saved).toContain('its binary log has 2 of 2');
    await scene.sandbox.sql(port, words.rebuild(had));
    await writeFile(at('rebuilt'), '');
    expect(await rebuilding).toMatchObject({ state: 'rejoined' });
    await expect.poll(() => replicationOf(scene, scene.primary), patient).toMatchObject(follows(successor));
    expect(await ordersOf(scene, scene.primary)).toBe(await ordersOf(scene, successor));
    const { returns } = await storyOfLast(daemon);
    expect(returns.map(({ state }) => state)).toEqual(['offered', 'offered', 'rejoining']);
    expect(returns.map(({ rejoin }) => rejoin?.state)).toEqual([undefined, undefined, 'rejoined']);
    const kept = returns.at(-1)?.saved ?? '';
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    expect(returns.at(-1)?.assessment).toMatchObject({ count: 2 });
  });
});

/** What a server has, and how it comes to have no more than that. */
const mariadb = {
  had: 'SELECT @@global.gtid_current_pos',
  rebuild: (had: string) =>
    `SET sql_log_bin=0; DELETE FROM shop.orders WHERE id IN (7, 8); RESET MASTER; SET GLOBAL gtid_slave_pos='${had}'`,
};
const mysql = {
  had: 'SELECT @@global.gtid_executed',
  rebuild: (had: string) =>
    `SET sql_log_bin=0; DELETE FROM shop.orders WHERE id IN (7, 8); RESET BINARY LOGS AND GTIDS; SET GLOBAL gtid_purged='${had}'`,
};

/** Asks for it and waits for its end. */
async function rejoined(
  daemon: Daemon,
  instance: InstanceKey,
  { rebuilds }: { rebuilds: boolean },
): Promise<RejoinReport> {
  const path = `/baton/v1/instances/${encodeURIComponent(instance)}/rejoin`;
  const { uid } = (await daemon.post(path, { rebuilds, by: 'ann', why: 'a test' })) as { uid: string };
  const report = async () =>
    (await daemon.get(`/baton/v1/rejoins/${encodeURIComponent(uid)}`)) as RejoinReport;
  await expect.poll(async () => (await report()).state, patient).not.toBeNull();
  return report();
}
