import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { ExplanationReport } from '../../src/controller/counsel-reports.ts';
import type { RecoveryReport } from '../../src/controller/reports.ts';
import type { Daemon } from '../../src/cli/daemon.ts';
import { aController, aScene, hookLines, lastRecovery, portOn, writableOn } from './scene.ts';
import { ended, killPrimary, patient, watched } from './waits.ts';

const person = { by: 'ann', why: 'it was planned' };

async function gateOf(daemon: Daemon, cluster: string, gate: string) {
  const { gates } = (await daemon.get(
    `/baton/v1/clusters/${encodeURIComponent(cluster)}/explain`,
  )) as ExplanationReport;
  return gates.find((one) => one.gate === gate);
}

const recoveries = async (daemon: Daemon) =>
  (await daemon.get('/baton/v1/recoveries?limit=9')) as readonly RecoveryReport[];

it('quirk 2: a planned takeover does not disarm the failover of the primary that it made', async () => {
  const scene = await aScene();
  const { daemon } = await watched(scene);
  const [, to = scene.primary] = scene.keys;
  await daemon.post(`/baton/v1/clusters/${encodeURIComponent(scene.primary)}/takeover`, {
    ...person,
    to,
    auto: false,
  });
  await expect.poll(() => writableOn(scene), patient).toEqual([to]);
  await ended(daemon);
  await scene.sandbox.kill(portOn(scene, to));
  const killedAt = Date.now();
  await expect
    .poll(async () => (await recoveries(daemon)).map(({ state }) => state), patient)
    .toContain('recovered');
  console.log(`recovered ${Date.now() - killedAt} ms after the kill that followed a takeover`);
});

it('quirk 3: a pre-failover hook’s no is not final: hooks hear of it, it is tried again after a pause, by the next controller too', async () => {
  const scene = await aScene();
  const flag = `${scene.directory}/allowed`;
  const {
    daemon,
    process,
    config: file,
  } = await watched(scene, {
    RecoveryRetrySeconds: 2,
    PreFailoverProcesses: [`test -e ${flag}`],
  });
  expect(await killPrimary(scene, daemon)).toBe('vetoed');
  expect((await hookLines(scene)).at(-1)).toMatch(/^PostUnsuccessfulFailover DeadMaster/);
  const gate = await gateOf(daemon, scene.primary, 'attempts');
  expect(gate?.because).toMatch(/1 attempt came to nothing.* exited 1 .*tried again in/);
  await expect.poll(async () => (await recoveries(daemon)).length, patient).toBe(2);
  const [second, first] = await recoveries(daemon);
  const pausedMs = Date.parse(second?.startedAt ?? '') - Date.parse(first?.endedAt ?? '');
  expect(pausedMs).toBeGreaterThanOrEqual(2_000);
  process.signal('SIGKILL');
  await writeFile(flag, '');
  const { daemon: next } = await aController(scene, file);
  await expect.poll(async () => (await lastRecovery(next))?.state, patient).toBe('recovered');
  expect(await writableOn(scene)).toHaveLength(1);
});

it('quirk 12: a primary that dies in its downtime is told to no hook, is explained, and is recovered when the downtime ends', async () => {
  const scene = await aScene();
  const { daemon } = await watched(scene);
  await daemon.post('/baton/v1/downtime/begin', {
    ...person,
    instance: scene.primary,
    forMs: 600_000,
  });
  await scene.sandbox.kill(portOn(scene, scene.primary));
  await expect
    .poll(async () => (await gateOf(daemon, scene.primary, 'downtime'))?.because, patient)
    .toMatch(/in downtime for another .*ann: it was planned/);
  expect(await hookLines(scene)).toEqual([]);
  expect(await lastRecovery(daemon)).toBeNull();
  await daemon.post('/baton/v1/downtime/end', { instance: scene.primary, by: 'ann' });
  await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
  expect((await hookLines(scene))[0]).toMatch(/^OnFailureDetection DeadMaster/);
});

it('quirk 5: a controller that is killed while a pre-failover hook runs continues at once, and the hook is run once', async () => {
  const scene = await aScene();
  const log = `${scene.directory}/pre.log`;
  const began = () => readFile(log, 'utf8').catch(() => '');
  const { process, config: file } = await watched(scene, {
    PreFailoverProcesses: [`echo began >> ${log}; sleep 3`],
  });
  await scene.sandbox.kill(portOn(scene, scene.primary));
  await expect.poll(began, patient).toBe('began\n');
  process.signal('SIGKILL');
  const { daemon: next } = await aController(scene, file);
  await expect.poll(async () => (await lastRecovery(next))?.state, patient).toBe('recovered');
  expect(await began()).toBe('began\n');
  expect(await recoveries(next)).toHaveLength(1);
});
