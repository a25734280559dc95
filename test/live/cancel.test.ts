import { createConnection } from 'mysql2/promise';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import {
  aController,
  answering,
  aScene,
  configured,
  hookLines,
  lastRecovery,
  portOn,
  type Scene,
  storyOfLast,
  writableOn,
} from './scene.ts';

const patient = { timeout: 30_000, interval: 50 };
const binary = new URL('../../dist/src/bin.js', import.meta.url).pathname;

/** As a person types it; what it says on both outputs, and how it ended. */
async function baton(...words: readonly string[]): Promise<{ exitCode: number | null; said: string }> {
  const { exitCode, stdout, stderr } = await runProgram(process.execPath, [binary, ...words], {
    timeoutMs: 20_000,
  });
  return { exitCode, said: `${stdout}\n${stderr}` };
}

/** Holds a table of a server until the test ends, so that nothing that changes it is applied there. */
async function holding(scene: Scene, key: InstanceKey, table: string): Promise<void> {
  const socketPath = scene.sandbox.members.find((one) => one.key === key)?.socket ?? '';
  const connection = await createConnection({ socketPath, user: 'root' });
  onTestFinished(() => connection.destroy());
  await connection.query(`LOCK TABLES ${table} WRITE`);
}

it('a recovery that waits for its candidate to apply is cancelled, put back, and not begun again (P9)', async () => {
  const scene = await aScene();
  const replicas = scene.keys.slice(1);
  await scene.sandbox.sql(portOn(scene, scene.primary), 'CREATE TABLE shop.slow (id INT PRIMARY KEY)');
  await expect
    .poll(async () => {
      const seen = replicas.map((key) =>
        scene.sandbox.sql(portOn(scene, key), "SHOW TABLES FROM shop LIKE 'slow'"),
      );
      return (await Promise.all(seen)).every((found) => found.includes('slow'));
    }, patient)
    .toBe(true);
  for (const key of replicas) await holding(scene, key, 'shop.slow');
  const config = await configured(scene, {
    DetectionConfirmMilliseconds: 0,
    ApplyDeadlinePolicy: 'wait',
    ApplyDeadlineSeconds: 1,
  });
  const { daemon } = await aController(scene, config);
  await expect.poll(() => answering(daemon), patient).toBe(3);
  await scene.sandbox.sql(portOn(scene, scene.primary), 'INSERT INTO shop.slow VALUES (1)');
  // Both have received it, and wait for the table.
  const waits =
    "SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'system user' AND state LIKE 'Waiting for table%'";
  await expect
    .poll(
      () => Promise.all(replicas.map((key) => scene.sandbox.sql(portOn(scene, key), waits).then(Number))),
      patient,
    )
    .toEqual([1, 1]);
  await scene.sandbox.kill(portOn(scene, scene.primary));
  await expect
    .poll(async () => {
      if ((await lastRecovery(daemon)) === null) return [];
      return (await storyOfLast(daemon)).records.flatMap((one) => (one.kind === 'asked' ? [one.step] : []));
    }, patient)
    .toContain('catchUp');

  const { exitCode, said } = await baton(
    'cancel',
    scene.primary,
    '--why',
    'it is coming back',
    '--config',
    config,
  );
  expect(said).toContain('A person has cancelled it; this failure is left alone');
  expect(exitCode).toBe(0);
  const after = await scene.sandbox.status();
  for (const { readOnly, replication } of after.filter(({ key }) => replicas.includes(key)))
    expect({ readOnly, ...replication }).toMatchObject({
      readOnly: true,
      source: scene.primary,
      ioThread: 'connecting',
      sqlThread: 'running',
    });
  expect((await hookLines(scene)).map((line) => line.split(' ')[0])).toEqual([
    'OnFailureDetection',
    'PreFailover',
    'PostUnsuccessfulFailover',
  ]);
  const explained = await baton('explain', scene.primary, '--config', config);
  expect(explained.said).toContain('was cancelled by');
  const again = await baton('cancel', '--why', 'once more', '--config', config);
  expect(again).toMatchObject({ exitCode: 1 });
  expect(again.said).toContain('nothing goes on that could be cancelled');
  expect(await writableOn(scene)).toEqual([]);
});

it('a takeover is cancelled while its hooks run: the hook is ended, and everything is as it was (P9)', async () => {
  const scene = await aScene();
  const config = await configured(scene, {
    PreFailoverProcesses: ['sleep 60; echo "the hook was let end" >> /dev/null'],
    PostUnsuccessfulGracefulTakeoverProcesses: [`echo "called off" >> ${scene.directory}/hooks.log`],
  });
  const { daemon } = await aController(scene, config);
  await expect.poll(() => answering(daemon), patient).toBe(3);
  const before = await scene.sandbox.status();
  const [, to] = scene.keys;
  const asked = { by: 'ann', why: 'the kernel wants a reboot', to };
  await daemon.post(`/baton/v1/clusters/${encodeURIComponent(scene.primary)}/takeover`, asked);
  await expect
    .poll(async () => (await storyOfLast(daemon)).records.some((one) => one.kind === 'hook'), patient)
    .toBe(true);
  await expect
    .poll(
      async () => (await storyOfLast(daemon)).records.findLast((one) => one.kind === 'asked')?.step,
      patient,
    )
    .toBe('preFailoverHooks');

  const { exitCode, said } = await baton('cancel', '--why', 'the deploy is late', '--config', config);
  expect(said).toContain('everything is as it was. Cancelled by');
  expect(exitCode).toBe(0);
  expect((await lastRecovery(daemon))?.state).toBe('putBack');
  expect(await scene.sandbox.status()).toEqual(before);
  expect((await hookLines(scene)).at(-1)).toBe('called off');
});
