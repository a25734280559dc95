import { describe, expect, it } from 'vitest';
import type { Operation } from '../../workflows/operation.ts';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { OperationPreview, OperationReport } from '../../src/controller/requests/reshapings.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { flavoursHere } from './flavours.ts';
import { aController, answering, aScene, aWriter, configured, portOn } from './scene.ts';

const patient = { timeout: 40_000, interval: 100 };

async function done(daemon: Daemon, operation: Operation): Promise<string> {
  const wish = { operation, by: 'ann', why: 'a test' };
  const { uid } = (await daemon.post('/baton/v1/operations', wish)) as { uid: string };
  const report = async () =>
    (await daemon.get(`/baton/v1/operations/${encodeURIComponent(uid)}`)) as OperationReport;
  await expect.poll(async () => (await report()).state, patient).not.toBeNull();
  const { state, reason } = await report();
  return reason ?? state ?? '';
}

describe.each(await flavoursHere())('operations on a topology of %s', (flavour) => {
  it('move replicas up, down and into their source’s place while an application writes, and lose nothing', async () => {
    const scene = await aScene({ flavour, servers: 4 });
    const [a, b, c, d] = scene.keys as [InstanceKey, InstanceKey, InstanceKey, InstanceKey];
    const { daemon } = await aController(scene, await configured(scene, { InstancePollSeconds: 1 }));
    await expect.poll(() => answering(daemon), patient).toBe(4);
    const writer = aWriter(scene);
    await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(20);
    const tree = async () =>
      (await scene.sandbox.status())
        .map(({ key, replication }) => `${key}<${replication?.source ?? ''}`)
        .toSorted();
    const shaped = (...pairs: readonly [InstanceKey, InstanceKey | null][]) =>
      pairs.map(([key, source]) => `${key}<${source ?? ''}`).toSorted();

    const relocated = { verb: 'relocate', instance: c, below: b } as const;
    const { plan } = (await daemon.post('/baton/v1/operations/preview', {
      operation: relocated,
    })) as OperationPreview;
    await scene.sandbox.sql(portOn(scene, c), "SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = 1");
    expect(await done(daemon, relocated)).toBe('done');
    const heard = 'SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log ORDER BY event_time';
    const log = await scene.sandbox.sql(portOn(scene, c), heard);
    const statements = plan.filter((line) => line.startsWith('    ')).map((line) => line.trim());
    // What the preview shows is what the server was sent, word for word (P10).
    expect(statements.length).toBeGreaterThan(1);
    for (const statement of statements) expect(log).toContain(statement);
    expect(await done(daemon, { verb: 'relocate', instance: d, below: b })).toBe('done');
    expect(await tree()).toEqual(shaped([a, null], [b, a], [c, b], [d, b]));
    expect(await done(daemon, { verb: 'take-master', instance: c })).toBe('done');
    expect(await tree()).toEqual(shaped([a, null], [b, c], [c, a], [d, b]));
    expect(await done(daemon, { verb: 'move-up-replicas', instance: b })).toBe('done');
    expect(await done(daemon, { verb: 'relocate-replicas', instance: c, below: a })).toBe('done');
    expect(await done(daemon, { verb: 'take-siblings', instance: d })).toBe('done');
    expect(await tree()).toEqual(shaped([a, null], [b, d], [c, d], [d, a]));

    const refused = (await daemon.post('/baton/v1/operations/preview', {
      operation: { verb: 'set-writeable', instance: b },
    })) as OperationPreview;
    expect(refused.refusals).toEqual([
      `${a} of the same cluster takes writes already`,
      `${b} replicates from ${d}: use baton takeover`,
    ]);
    const written = writer.acknowledged;
    await expect
      .poll(
        async () => Number(await scene.sandbox.sql(portOn(scene, b), 'SELECT COUNT(*) FROM shop.orders')),
        patient,
      )
      .toBeGreaterThanOrEqual(written);
  });

  it('detach a replica and let it find back, stop and start its threads, and leave out what it cannot apply', async () => {
    const scene = await aScene({ flavour, servers: 2 });
    const [a, b] = scene.keys as [InstanceKey, InstanceKey];
    const { daemon } = await aController(scene, await configured(scene, { InstancePollSeconds: 1 }));
    await expect.poll(() => answering(daemon), patient).toBe(2);
    const sql = (key: InstanceKey, words: string) => scene.sandbox.sql(portOn(scene, key), words);
    // Nothing less lets an account leave a transaction out on MariaDB.
    if (flavour === 'mariadb') await sql(b, "SET sql_log_bin = 0; GRANT SUPER ON *.* TO 'baton'@'127.0.0.1'");
    const replicates = async () =>
      (await scene.sandbox.status()).find(({ key }) => key === b)?.replication?.source ?? null;

    const stopped = async () =>
      (await scene.sandbox.status()).find(({ key }) => key === b)?.replication?.sqlThread === 'stopped';

    expect(await done(daemon, { verb: 'detach-replica', instance: b })).toBe('done');
    expect(await replicates()).not.toBe(a);
    expect(await done(daemon, { verb: 'reattach-replica', instance: b })).toBe('done');
    await expect.poll(replicates, patient).toBe(a);
    expect(await done(daemon, { verb: 'stop-replica', instance: b })).toBe('done');
    expect(await done(daemon, { verb: 'start-replica', instance: b })).toBe('done');

    const order = "INSERT INTO shop.orders VALUES (1000000000, 'twice')";
    await sql(b, `SET sql_log_bin = 0; ${order}`);
    await sql(a, `${order}; CREATE TABLE shop.everywhere (id INT)`);
    const hasTable = () => sql(b, "SHOW TABLES IN shop LIKE 'everywhere'");
    await expect.poll(stopped, patient).toBe(true);
    expect(await hasTable()).toBe('');
    expect(await done(daemon, { verb: 'skip-query', instance: b })).toBe('done');
    await expect.poll(hasTable, patient).not.toBe('');
  });
});
