import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { RejoinPreview, RejoinReport } from '../../src/controller/requests/rejoins.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
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

const patient = { timeout: 30_000, interval: 50 };

const clones = {
  RebuildBy: 'clone',
  CloneRestartedBy: 'supervisor',
  SaveErrantCommand: ['test -s "$BATON_ERRANT_FILE"'],
  DetectionConfirmMilliseconds: 0,
};

const ordersOf = (scene: Scene, key: InstanceKey) =>
  scene.sandbox.sql(portOn(scene, key), 'SELECT id, note FROM shop.orders ORDER BY id');

const replicationOf = async (scene: Scene, key: InstanceKey) =>
  (await scene.sandbox.status()).find((one) => one.key === key)?.replication;

const isUp = (scene: Scene, key: InstanceKey) =>
  scene.sandbox.sql(portOn(scene, key), 'SELECT 1').then(
    () => true,
    () => false,
  );

/** A replaced primary that has an order which its successor lacks; `more` is configured beside what a clone needs. */
async function returned(more: Record<string, unknown> = {}) {
  const scene = await aScene({
    flavour: 'mysql',
    semiSync: true,
    serverArguments: ['--plugin-load-add=mysql_clone.so'],
  });
  const { primary } = scene;
  await scene.sandbox.sql(
    portOn(scene, primary),
    `GRANT CLONE_ADMIN ON *.* TO 'baton'@'127.0.0.1';
     GRANT SELECT ON performance_schema.clone_status TO 'baton'@'127.0.0.1';
     GRANT BACKUP_ADMIN ON *.* TO 'repl'@'127.0.0.1';
     INSERT INTO shop.orders VALUES (1, 'order 1');`,
  );
  const config = await configured(scene, { ...clones, ...more });
  const { daemon, process } = await aController(scene, config);
  await expect.poll(() => answering(daemon), patient).toBe(3);
  for (const key of scene.keys) await expect.poll(() => ordersOf(scene, key), patient).toContain('order 1');
  await scene.sandbox.kill(portOn(scene, primary));
  await expect.poll(async () => (await lastRecovery(daemon))?.successor ?? null, patient).not.toBeNull();
  const successor = (await lastRecovery(daemon))?.successor ?? primary;
  await scene.sandbox.sql(portOn(scene, successor), "INSERT INTO shop.orders VALUES (2, 'order 2')");
  await scene.sandbox.restart(portOn(scene, primary));
  await expect.poll(async () => (await storyOfLast(daemon)).returns[0]?.state, patient).toBe('offered');
  // Root is not bound by read_only.
  await scene.sandbox.sql(
    portOn(scene, primary),
    "SET GLOBAL super_read_only = 0; INSERT INTO shop.orders VALUES (7, 'order 7')",
  );
  return { scene, config, daemon, process, successor, primary };
}

const pathOf = (instance: InstanceKey) => `/baton/v1/instances/${encodeURIComponent(instance)}/rejoin`;

async function asked(daemon: Daemon, instance: InstanceKey): Promise<string> {
  const wish = { rebuilds: true, by: 'ann', why: 'a test' };
  return ((await daemon.post(pathOf(instance), wish)) as { uid: string }).uid;
}

const reportOf = async (daemon: Daemon, uid: string) =>
  (await daemon.get(`/baton/v1/rejoins/${encodeURIComponent(uid)}`)) as RejoinReport;

describe.each((await flavoursHere()).filter((one) => one === 'mysql'))('a clone of %s', () => {
  it('is refused with every reason while something is missing, then puts a copy of the successor in the place of a replaced primary, which follows it (P4)', async () => {
    const { scene, daemon, successor, primary } = await returned({ UseSuperReadOnly: true });
    const lacking = [
      "BACKUP_ADMIN ON *.* FROM 'repl'@'127.0.0.1'",
      "CLONE_ADMIN ON *.* FROM 'baton'@'127.0.0.1'",
    ];
    await scene.sandbox.sql(portOn(scene, successor), `REVOKE ${lacking[0]}; UNINSTALL PLUGIN clone`);
    await scene.sandbox.sql(portOn(scene, primary), `SET sql_log_bin = 0; REVOKE ${lacking[1]}`);
    const refused = await asked(daemon, primary);
    await expect.poll(async () => (await reportOf(daemon, refused)).state, patient).toBe('offered');
    const { reason } = await reportOf(daemon, refused);
    for (const words of [
      `the plugin clone is not active on ${successor}`,
      `lacks CLONE_ADMIN on ${primary}`,
      'GRANT BACKUP_ADMIN',
    ])
      expect(reason).toContain(words);
    expect(await ordersOf(scene, primary)).toContain('order 7');

    const granted = lacking.map((one) => `GRANT ${one.replace('FROM', 'TO')}`);
    await scene.sandbox.sql(
      portOn(scene, successor),
      `${granted[0]}; INSTALL PLUGIN clone SONAME 'mysql_clone.so'`,
    );
    await scene.sandbox.sql(
      portOn(scene, primary),
      `SET sql_log_bin = 0; ${granted[1]}; SET GLOBAL super_read_only = 1`,
    );
    const preview = (await daemon.post(`${pathOf(primary)}/preview`, { rebuilds: true })) as RejoinPreview;
    expect(preview.gates.filter(({ open }) => !open)).toEqual([]);
    expect(preview.plan.join('\n')).toContain("IDENTIFIED BY '(hidden)'");
    expect(preview.plan.join('\n')).not.toContain(scene.sandbox.credentials.replication.password);

    const uid = await asked(daemon, primary);
    await expect.poll(() => isUp(scene, primary), patient).toBe(false);
    const began = performance.now();
    // It comes up writable, as its own configuration says.
    await scene.sandbox.restart(portOn(scene, primary));
    await expect.poll(async () => (await reportOf(daemon, uid)).state, patient).not.toBeNull();
    console.log(`rejoined ${(performance.now() - began).toFixed(0)} ms after it was started`);
    const report = await reportOf(daemon, uid);
    expect(report).toMatchObject({ state: 'rejoined' });
    expect(report.story.join('\n')).not.toContain(scene.sandbox.credentials.replication.password);
    expect(await replicationOf(scene, primary)).toMatchObject({ source: successor, ioThread: 'running' });
    await expect.poll(() => ordersOf(scene, primary), patient).toBe(await ordersOf(scene, successor));
    expect(await ordersOf(scene, primary)).not.toContain('order 7');
    expect(await writableOn(scene)).toEqual([successor]);
    const last = (await storyOfLast(daemon)).returns.at(-1);
    expect(await readFile(last?.saved ?? '', 'utf8')).toContain('its binary log has 1 of 1');
    expect(last?.assessment).toMatchObject({ count: 1 });
  });

  it('that is under way when the controller dies is waited for by the next one, and not begun again (P2)', async () => {
    const { scene, config, daemon, process, primary, successor } = await returned();
    const uid = await asked(daemon, primary);
    await expect
      .poll(async () => (await reportOf(daemon, uid)).story.join(), patient)
      .toContain('is being copied');
    process.signal('SIGKILL');
    await expect.poll(() => isUp(scene, primary), patient).toBe(false);
    const next = await aController(scene, config);
    await scene.sandbox.restart(portOn(scene, primary));
    await expect
      .poll(
        () =>
          reportOf(next.daemon, uid).then(
            ({ state }) => state,
            () => null,
          ),
        patient,
      )
      .toBe('rejoined');
    const { story } = await reportOf(next.daemon, uid);
    expect(story.filter((line) => line.includes('was asked to throw away'))).toHaveLength(1);
    expect(await ordersOf(scene, primary)).toBe(await ordersOf(scene, successor));
    expect(await writableOn(scene)).toEqual([successor]);
  });
});
