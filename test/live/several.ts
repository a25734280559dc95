import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { ControllerProcess } from '../../src/cli/demo/controller-process.ts';
import { AnEtcd } from './an-etcd.ts';
import { aController, answering, configured, type Scene } from './scene.ts';

const patient = { timeout: 30_000, interval: 50 };
const LeaseSeconds = 3;

/** One controller of several. */
export interface Member {
  readonly name: string;
  readonly config: string;
  readonly process: ControllerProcess;
  readonly daemon: Daemon;
}

/** Controllers of one etcd that watch the same servers; `coordination` and `given` are more of their configuration, the second for each by name where it is a function. */
export async function controllers(
  scene: Scene,
  how: {
    names: readonly string[];
    given?: Record<string, unknown> | ((name: string) => Record<string, unknown>);
    etcd?: AnEtcd;
    coordination?: Record<string, unknown>;
  },
): Promise<{ etcd: AnEtcd; members: readonly Member[]; leader: () => Promise<Member> }> {
  const etcd = how.etcd ?? (await AnEtcd.start(1));
  onTestFinished(() => etcd.stop());
  const members: Member[] = [];
  for (const name of how.names) {
    const Coordination = {
      Kind: 'etcd',
      Endpoints: etcd.endpoints,
      LeaseSeconds,
      Name: name,
      ...how.coordination,
    };
    members.push(
      await aMember(scene, name, {
        Coordination,
        ...(typeof how.given === 'function' ? how.given(name) : how.given),
      }),
    );
  }
  for (const { daemon } of members) await expect.poll(() => answering(daemon), patient).toBe(3);
  return { etcd, members, leader: () => leaderOf(members) };
}

async function aMember(scene: Scene, name: string, given: Record<string, unknown>): Promise<Member> {
  const folder = join(scene.directory, name);
  await mkdir(folder, { recursive: true });
  const more = { StateFile: join(folder, 'baton.sqlite'), ...given };
  const config = join(folder, 'live.json');
  await copyFile(await configured(scene, more), config);
  return { name, config, ...(await aController(scene, config)) };
}

/** Throws where nobody leads, or more than one say that they do. */
export async function leaderOf(members: readonly Member[]): Promise<Member> {
  const says = async ({ daemon }: Member) =>
    ((await daemon.get('/baton/v1/leader').catch(() => null)) as { isOurs?: boolean } | null)?.isOurs ===
    true;
  const leading: Member[] = [];
  for (const member of members) if (await says(member)) leading.push(member);
  expect(leading).toHaveLength(1);
  return leading[0] as Member;
}

/** All but one. */
export const rest = (members: readonly Member[], gone: Member) => members.filter((one) => one !== gone);
