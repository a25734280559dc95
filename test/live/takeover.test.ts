import { describe, expect, it } from 'vitest';
import type { TakeoverPreview } from '../../src/controller/requests/failover-preview.ts';
import type { RecoveryStoryReport } from '../../src/controller/reports.ts';
import type { Daemon } from '../../src/cli/daemon.ts';
import { ordersOn } from '../../src/cli/demo/writer.ts';
import { Link } from '../../src/mysql/link.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import {
  aController,
  answering,
  aScene,
  aWriter,
  configured,
  hookLines,
  lastRecovery,
  portOn,
  type Scene,
  writableOn,
} from './scene.ts';
import { flavoursHere } from './flavours.ts';

const patient = { timeout: 30_000, interval: 50 };
const ann = { by: 'ann', why: 'the kernel wants a reboot' };

function clusterPath(scene: Scene, what: string): string {
  return `/baton/v1/clusters/${encodeURIComponent(scene.primary)}/${what}`;
}

/** Asks for a takeover and waits for its end. */
async function takenOver(daemon: Daemon, scene: Scene, wish: object): Promise<RecoveryStoryReport> {
  const { uid } = (await daemon.post(clusterPath(scene, 'takeover'), { ...ann, ...wish })) as { uid: string };
  return storyOf(daemon, uid);
}

async function storyOf(daemon: Daemon, uid: string): Promise<RecoveryStoryReport> {
  const read = async () =>
    (await daemon.get(`/baton/v1/recoveries/${encodeURIComponent(uid)}`)) as RecoveryStoryReport;
  await expect.poll(async () => (await read()).recovery.endedAt, patient).not.toBeNull();
  return read();
}

async function watched(scene: Scene, more: object = {}): Promise<Daemon> {
  const { daemon } = await aController(
    scene,
    await configured(scene, { DetectionConfirmMilliseconds: 0, ...more }),
  );
  await expect.poll(() => answering(daemon), patient).toBe(scene.keys.length);
  return daemon;
}

/** All that a takeover could change on a server, as the server says it. */
async function standing(scene: Scene): Promise<unknown> {
  return scene.sandbox.status();
}

describe.each(await flavoursHere())('a planned takeover of %s', (flavour) => {
  it.each([{ semiSync: true }, { semiSync: false }])(
    'loses no write, and everybody follows the new primary, the old one too (P8), semi-sync $semiSync',
    async ({ semiSync }) => {
      const scene = await aScene({ flavour, semiSync });
      const daemon = await watched(scene);
      const writer = aWriter(scene);
      await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(100);
      const heir = scene.keys[1] ?? scene.primary;

      const { recovery, records } = await takenOver(daemon, scene, { to: heir });
      expect(recovery).toMatchObject({ state: 'takenOver', successor: heir, lost: [] });
      await expect.poll(() => writer.acknowledgedBy(heir), patient).toBeGreaterThan(100);
      await writer.stop();

      expect(await writableOn(scene)).toEqual([heir]);
      const { app } = scene.sandbox.credentials;
      const written = await ordersOn(heir, app);
      expect(writer.missing(scene.primary, written)).toEqual([]);
      for (const other of scene.keys)
        await expect.poll(async () => (await ordersOn(other, app)).size, patient).toBe(written.size);
      const judged = records.find((one) => one.kind === 'answered' && one.step === 'judge');
      expect(judged).toMatchObject({ answer: { value: { says: 'nothing-lost', count: 0 } } });
    },
  );

  it('goes back and forth, each time leaving the old primary as a replica (quirk 7)', async () => {
    const scene = await aScene({ flavour });
    const daemon = await watched(scene);
    const [a, b] = scene.keys as [InstanceKey, InstanceKey];
    for (const to of [b, a, b]) {
      const { recovery } = await takenOver(daemon, scene, { to });
      expect(recovery).toMatchObject({ state: 'takenOver', successor: to, lost: [] });
      expect(await writableOn(scene)).toEqual([to]);
    }
  });

  it('that a pre-failover hook forbids leaves every server as it was (P9)', async () => {
    const scene = await aScene({ flavour });
    const daemon = await watched(scene, {
      HookCompatibility: 'strict',
      PreFailoverProcesses: ['exit 3'],
      PostUnsuccessfulGracefulTakeoverProcesses: [
        `echo "called off {successorHost}:{successorPort}" >> ${scene.directory}/hooks.log`,
      ],
    });
    const before = await standing(scene);
    const { recovery } = await takenOver(daemon, scene, { to: scene.keys[1] });
    expect(recovery.state).toBe('putBack');
    expect(recovery.reason).toContain('PreFailoverProcesses hook 1 of 1 exited 3');
    await expect.poll(() => standing(scene), patient).toEqual(before);
    expect(await hookLines(scene)).toContain(`called off ${scene.keys[1]}`);
  });
});

describe('a takeover that cannot be made', () => {
  it('is known beforehand where a connection is above Baton’s account (MySQL)', async () => {
    const scene = await aScene({ flavour: 'mysql' });
    const daemon = await watched(scene);
    const root = { user: 'root', password: 'above' };
    await scene.sandbox.sql(
      portOn(scene, scene.primary),
      `CREATE USER root@127.0.0.1 IDENTIFIED BY '${root.password}'; GRANT SYSTEM_USER ON *.* TO root@127.0.0.1`,
    );
    const life = { prepare: async () => {}, onLost: () => {} };
    const session = new Link(scene.primary, { ...root, connectTimeoutMs: 1_000, tls: null }, life);
    await session.ask('DO 0', 5_000);
    const preview = async () =>
      (await daemon.post(clusterPath(scene, 'takeover/preview'), {
        ...ann,
        to: scene.keys[1],
      })) as TakeoverPreview;
    const { gates, successor } = await preview();
    expect(successor).toBeNull();
    expect(gates.filter(({ open }) => !open)).toMatchObject([
      { gate: 'connections', because: expect.stringContaining("root is above Baton's account") },
    ]);
    session.close();
    await expect.poll(async () => (await preview()).successor, patient).toBe(scene.keys[1]);
  });

  it('is refused with every reason, and touches nothing', async () => {
    const scene = await aScene({ servers: 4 });
    const [a, b, c, d] = scene.keys as [InstanceKey, InstanceKey, InstanceKey, InstanceKey];
    const daemon = await watched(scene, {
      PromotionIgnoreHostnameFilters: [`:${portOn(scene, c)}$`],
      ReasonableMaintenanceReplicationLagSeconds: 1,
    });
    const before = await standing(scene);
    const refused = async (wish: object) => {
      const { recovery, records } = await takenOver(daemon, scene, wish);
      expect(recovery.state).toBe('refused');
      expect(records.filter(({ kind }) => kind === 'act' || kind === 'stage')).toEqual([]);
      return recovery.reason;
    };
    expect(await refused({})).toContain(`${a} has 3 replicas and none is named`);
    expect(await refused({ to: '10.0.0.1:3306' })).toContain('10.0.0.1:3306 is no replica of this cluster');
    expect(await refused({ to: a })).toContain(`only a direct replica of ${a} can take over`);
    expect(await refused({ to: c })).toContain(`${c} matches PromotionIgnoreHostnameFilters`);
    await expect(daemon.post('/baton/v1/clusters/nowhere/takeover', { ...ann, to: b })).rejects.toThrow(
      'no cluster that is watched is called "nowhere"',
    );
    expect(await standing(scene)).toEqual(before);

    // A replica that waits for a lock lags.
    await scene.sandbox.sql(portOn(scene, d), 'STOP SLAVE SQL_THREAD');
    expect(await refused({ to: d })).toContain(`${d} does not replicate`);
    await scene.sandbox.sql(portOn(scene, d), 'START SLAVE SQL_THREAD');
    await expect.poll(() => standing(scene), patient).toEqual(before);
  });

  it('is refused while another goes on, and by a configuration that forbids it', async () => {
    const scene = await aScene();
    const [, b, c] = scene.keys as [InstanceKey, InstanceKey, InstanceKey];
    const daemon = await watched(scene, {
      PreGracefulTakeoverProcesses: ['sleep 2'],
      DetectDataCenterQuery: `select if(@@port = ${portOn(scene, c)}, 'north', 'south')`,
      PreventCrossDataCenterMasterFailover: true,
    });
    await expect
      .poll(async () => {
        const preview = (await daemon.post(clusterPath(scene, 'takeover/preview'), {
          ...ann,
          to: c,
        })) as TakeoverPreview;
        return preview.gates
          .filter(({ open }) => !open)
          .map(({ because }) => because)
          .join();
      }, patient)
      .toContain('PreventCrossDataCenterMasterFailover');
    const first = takenOver(daemon, scene, { to: b });
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('under way');
    await expect(daemon.post(clusterPath(scene, 'takeover'), { ...ann, to: c })).rejects.toThrow(
      'is being changed already',
    );
    expect((await first).recovery.state).toBe('takenOver');
  });
});

const delaying = {
  mariadb: 'STOP SLAVE; CHANGE MASTER TO MASTER_DELAY=3600; START SLAVE;',
  mysql: 'STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_DELAY=3600; START REPLICA;',
};

describe.each(await flavoursHere())('a takeover by a %s that lags', (flavour) => {
  it('is refused with every gate’s sentence, whether it lags on purpose or not, and touches nothing', async () => {
    const scene = await aScene({ flavour });
    const [a, b, c] = scene.keys as [InstanceKey, InstanceKey, InstanceKey];
    const daemon = await watched(scene, {
      PromotionIgnoreHostnameFilters: [`:${portOn(scene, c)}$`],
      ReasonableMaintenanceReplicationLagSeconds: 1,
    });
    await scene.sandbox.sql(portOn(scene, b), delaying[flavour]);
    const life = { prepare: async () => {}, onLost: () => {} };
    const reader = new Link(
      c,
      { ...scene.sandbox.credentials.app, connectTimeoutMs: 1_000, tls: null },
      life,
    );
    await reader.ask('LOCK TABLES shop.orders READ', 5_000);
    await scene.sandbox.sql(portOn(scene, a), "INSERT INTO shop.orders VALUES (1, 'order 1')");
    const before = await butForLag(scene);
    const refused = async (to: InstanceKey) => {
      const { recovery, records } = await takenOver(daemon, scene, { to });
      expect(recovery.state).toBe('refused');
      expect(records.filter(({ kind }) => kind === 'act' || kind === 'stage')).toEqual([]);
      return recovery.reason;
    };
    expect(await refused(b)).toContain(`${b} lags by 3600 seconds on purpose`);
    const lags = new RegExp(`${c} lags by \\d+ seconds, more than the 1 of ReasonableMaintenance`);
    await expect.poll(() => refused(c), patient).toMatch(lags);
    expect(await refused(c)).toContain(`${c} matches PromotionIgnoreHostnameFilters`);
    expect(await butForLag(scene)).toEqual(before);
    reader.close();
  });
});

/** How far behind it is grows by itself. */
async function butForLag(scene: Scene): Promise<unknown> {
  const servers = await scene.sandbox.status();
  return servers.map(({ replication, ...rest }) => ({
    ...rest,
    replication: replication === null ? null : { ...replication, lagSeconds: null },
  }));
}
