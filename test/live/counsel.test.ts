import { describe, expect, it } from 'vitest';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { ExplanationReport, ReadinessReport } from '../../src/controller/counsel-reports.ts';
import { flavoursHere } from './flavours.ts';
import { aController, answering, aScene, aWriter, configured, lastRecovery, portOn } from './scene.ts';

const patient = { timeout: 40_000, interval: 100 };

async function reasonsOf(daemon: Daemon): Promise<ReadinessReport['reasons']> {
  const [cluster] = (await daemon.get('/baton/v1/readiness')) as readonly ReadinessReport[];
  return cluster?.reasons ?? [];
}
const reasonOf = async (daemon: Daemon, wanted: string) =>
  (await reasonsOf(daemon)).find(({ code }) => code === wanted) ?? null;

describe.each(await flavoursHere())('before a failover on %s', (flavour) => {
  const patience = flavour === 'mysql' ? 'replica_net_timeout' : 'slave_net_timeout';

  it('readiness sees what would spoil it, its statements mend that, and a replica that was written on follows the successor', async () => {
    const scene = await aScene({ flavour, semiSync: true });
    const [, stray = scene.primary, clean = scene.primary] = scene.keys;
    const sql = (key: typeof stray, words: string) => scene.sandbox.sql(portOn(scene, key), words);
    const { daemon } = await aController(scene, await configured(scene, { InstancePollSeconds: 1 }));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    aWriter(scene);
    await expect.poll(async () => (await reasonsOf(daemon)).map(({ code }) => code), patient).toEqual([]);

    await sql(stray, `SET GLOBAL ${patience} = 60`);
    await expect.poll(async () => (await reasonOf(daemon, 'net-timeout'))?.because, patient).toContain(stray);
    const remedy = (await reasonOf(daemon, 'net-timeout'))?.remedy ?? '';
    await sql(stray, remedy.slice(remedy.indexOf(': ') + 2));
    await expect.poll(() => reasonsOf(daemon), patient).toEqual([]);

    // Outside its strict mode MariaDB lets both servers give the same number away.
    if (flavour === 'mariadb')
      for (const key of [stray, clean]) await sql(key, 'SET GLOBAL gtid_strict_mode = 0');
    // Whoever may write on a read-only server has done so; meanwhile the writer keeps everybody else apart by a moment.
    await sql(stray, "INSERT INTO shop.orders VALUES (1000000000, 'stray')");
    await expect.poll(async () => (await reasonOf(daemon, 'errant'))?.because, patient).toContain(stray);
    for (let looks = 0; looks < 30; looks += 1)
      expect((await reasonOf(daemon, 'errant'))?.because).not.toContain(clean);

    const path = `/baton/v1/clusters/${encodeURIComponent(clean)}/explain`;
    const explained = (await daemon.get(path)) as ExplanationReport;
    expect(explained.gates.filter(({ state }) => state === 'shut')).toEqual([]);
    expect(explained.findings).toMatchObject([
      {
        warnings: ['ErrantGTIDStructureWarning'],
        evidence: expect.stringContaining(`${stray} has transactions`),
      },
    ]);

    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(async () => (await lastRecovery(daemon))?.endedAt ?? null, patient).not.toBeNull();
    // The one that received more is promoted; where both have the same, the one that nobody has written on.
    expect(await lastRecovery(daemon)).toMatchObject({ state: 'recovered', lost: [] });
  });
});
