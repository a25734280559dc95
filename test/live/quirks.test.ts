import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ClusterReport, RecoveryReport } from '../../src/controller/reports.ts';
import type { JournalRecord } from '../../src/engine/record.ts';
import { flavoursHere } from './flavours.ts';
import {
  aController,
  answering,
  aScene,
  aWriter,
  hookLines,
  lastRecovery,
  portOn,
  type Scene,
  storyOfLast,
  writableOn,
} from './scene.ts';
import { ended, killPrimary, patient, watched } from './waits.ts';

/**
 * What the real orchestrator 3.2.6 did to real servers that an operator had to know, and Baton does otherwise. 2, 3, 5
 * and 12 are in quirks-gates.test.ts, 11 in names.test.ts; 7 is in takeover.test.ts too.
 */
const asker = { by: 'Ann', why: 'the test wants it' };

/** Whether each replica replicates from the first server. */
async function followers(scene: Scene) {
  const servers = await scene.sandbox.status();
  return servers.slice(1).map(({ replication }) => ({ ...replication, lagSeconds: null, error: '' }));
}

describe.each(await flavoursHere())('on %s', (flavour) => {
  it('quirk 7, 10: a takeover needs no account to be told, its old primary replicates, and the cluster is seen whole at once', async () => {
    const scene = await aScene({ flavour });
    const { daemon } = await watched(scene);
    const [old = scene.primary, heir = scene.primary] = scene.keys;
    await daemon.post(`/baton/v1/clusters/${old}/takeover`, { ...asker, to: heir });
    expect(await ended(daemon)).toBe('takenOver');
    const clusters = (await daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
    expect(clusters.map(({ name, instances }) => [name, instances.length])).toEqual([[heir, 3]]);
    await expect
      .poll(async () => (await scene.sandbox.status())[0]?.replication, patient)
      .toMatchObject({ source: heir, ioThread: 'running', sqlThread: 'running' });
  });

  it('quirk 4: replicas of which none may lead receive again, and replicate as soon as the primary is back', async () => {
    const scene = await aScene({ flavour });
    const before = await followers(scene);
    const { daemon } = await watched(scene, { PromotionIgnoreHostnameFilters: ['.'] });
    expect(await killPrimary(scene, daemon)).toBe('failed');
    await scene.sandbox.restart(portOn(scene, scene.primary));
    await expect.poll(() => followers(scene), patient).toEqual(before);
  });

  it('quirk 8, 9: the post hooks run when every replica follows the successor', async () => {
    const scene = await aScene({ flavour });
    const { daemon } = await watched(scene);
    expect(await killPrimary(scene, daemon)).toBe('recovered');
    const { records } = await storyOfLast(daemon);
    const seqOf = (is: (record: JournalRecord) => boolean) => records.findLast(is)?.seq ?? Number.NaN;
    const followed = seqOf((one) => one.kind === 'answered' && one.step === 'repoint');
    const hook = records.find((one) => one.kind === 'hook' && one.stage === 'PostMasterFailoverProcesses');
    expect(hook?.seq).toBeGreaterThan(followed);
    expect(records.filter((one) => one.kind === 'act' && one.verb === 'follow')).toHaveLength(1);
  });
});

it('quirk 1: an alias that servers give, quoted by hand in a hook, stays an alias', async () => {
  const scene = await aScene();
  const stolen = join(scene.directory, 'stolen');
  const seen = join(scene.directory, 'seen');
  const alias = `'; touch ${stolen}; echo '`;
  const { daemon } = await watched(scene, {
    DetectClusterAliasQuery: `SELECT "${alias}"`,
    PreFailoverProcesses: [`echo '{failureClusterAlias}' > ${seen}`],
  });
  expect(await killPrimary(scene, daemon)).toBe('recovered');
  expect((await readFile(seen, 'utf8')).trimEnd()).toBe(alias);
  expect(existsSync(stolen)).toBe(false);
});

it('quirk 6: a hook that hangs is ended when its time is over, and so is the recovery it would have held', async () => {
  const scene = await aScene();
  const { daemon } = await watched(scene, { HookTimeoutSeconds: 1, PreFailoverProcesses: ['sleep 600'] });
  expect(await killPrimary(scene, daemon)).toBe('vetoed');
  expect((await lastRecovery(daemon))?.reason).toContain('1 s');
});

it('quirk 10: a cluster is known by its alias as soon as it is seen', async () => {
  const scene = await aScene();
  const { daemon } = await watched(scene, { DetectClusterAliasQuery: "SELECT 'demo'" });
  const clusters = (await daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
  expect(clusters.map(({ alias }) => alias)).toEqual(['demo']);
});

it('quirk 13: a recovery that is kept has all that was known of the failure, also for the next controller', async () => {
  const scene = await aScene();
  const { daemon, process: first, config } = await watched(scene);
  expect(await killPrimary(scene, daemon)).toBe('recovered');
  first.signal('SIGKILL');
  await expect.poll(() => first.isAlive(), patient).toBe(false);
  const next = await aController(scene, config);
  await expect.poll(() => answering(next.daemon), patient).toBe(2);
  const { records, detection } = await storyOfLast(next.daemon);
  const input = records.flatMap((one) => (one.kind === 'asked' && one.step === 'confirm' ? [one.input] : []));
  expect(input[0]).toMatchObject({
    finding: {
      code: 'DeadMaster',
      instance: scene.primary,
      isPrimary: true,
      replicas: scene.keys.slice(1).toSorted(),
      validReplicas: 2,
      description: expect.stringMatching(/./),
    },
  });
  expect(detection.length).toBeGreaterThan(0);
});

it('quirk 14: a takeover that names nobody where two could lead is refused with every reason, and nothing is touched', async () => {
  const scene = await aScene();
  const { daemon } = await watched(scene);
  const writer = aWriter(scene);
  const before = await followers(scene);
  await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(20);
  await daemon.post(`/baton/v1/clusters/${scene.primary}/takeover`, asker);
  expect(await ended(daemon)).toBe('refused');
  const { reason } = (await lastRecovery(daemon)) as RecoveryReport;
  expect(reason).toContain('2 replicas');
  const { records } = await storyOfLast(daemon);
  expect(records.filter(({ kind }) => kind === 'act')).toEqual([]);
  expect(await followers(scene)).toEqual(before);
  expect(await writableOn(scene)).toEqual([scene.primary]);
  const had = writer.acknowledged;
  await expect.poll(() => writer.acknowledgedBy(scene.primary), patient).toBeGreaterThan(had + 20);
  expect(await hookLines(scene)).toEqual([]);
});

it('quirk 15: the log of a failover is made of sentences about it, and warns of the failure before anything else', async () => {
  const scene = await aScene();
  const { daemon, process: controller } = await watched(scene);
  await controller.news();
  expect(await killPrimary(scene, daemon)).toBe('recovered');
  const text = await readFile(controller.logFile, 'utf8');
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('{"'))).toEqual([]);
  const warned = (await controller.news()).filter(({ warns }) => warns).map(({ sentence }) => sentence);
  expect(warned[0]).toMatch(/^127\.0\.0\.1:\d+: DeadMaster;/);
  expect(text).not.toMatch(/EOF|idle connection/);
});
