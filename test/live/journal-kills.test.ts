import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { killOverEtcd, killOverFiles } from '../../bench/soak/journal-kills.ts';
import { AnEtcd } from './an-etcd.ts';

/** The short form of `npm run soak -- journal`, which kills 500 times. Needs dist, for writers are processes. */

it('40 kills in the midst of appending to a state file lose nothing that was acknowledged, and tear nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baton-kills-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { wrong, acknowledged } = await killOverFiles(folder, 40);
  expect(wrong).toEqual([]);
  expect(acknowledged).toBeGreaterThan(40);
});

it('20 kills in the midst of appending to etcd, whose member is killed too, lose nothing that was acknowledged, and tear nothing', async () => {
  const etcd = await AnEtcd.start(1);
  onTestFinished(() => etcd.stop());
  const { wrong, acknowledged, membersKilled } = await killOverEtcd(etcd, 20);
  expect(wrong).toEqual([]);
  expect(acknowledged).toBeGreaterThan(20);
  expect(membersKilled).toBeGreaterThan(1);
});
