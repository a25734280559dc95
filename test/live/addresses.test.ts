import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { ClusterReport } from '../../src/controller/reports.ts';
import { topologyGrants } from '../../src/sandbox/accounts.ts';
import { flavoursHere } from './flavours.ts';
import {
  aController,
  answering,
  aScene,
  configured,
  hookLines,
  lastRecovery,
  portOn,
  type Scene,
  writableOn,
} from './scene.ts';

const patient = { timeout: 30_000, interval: 50 };

/** Servers that listen on all addresses of the machine, and accounts that may come from any. */
async function everywhere(flavour: 'mariadb' | 'mysql', ...more: readonly string[]): Promise<Scene> {
  const scene = await aScene({ flavour, serverArguments: ['--bind-address=*', ...more] });
  const { topology, replication } = scene.sandbox.credentials;
  const privileges = topologyGrants[flavour].map(({ privilege }) => privilege).join(', ');
  await scene.sandbox.sql(
    portOn(scene, scene.primary),
    `CREATE USER 'baton'@'%' IDENTIFIED BY '${topology.password}'; GRANT ${privileges} ON *.* TO 'baton'@'%';
     CREATE USER 'repl'@'%' IDENTIFIED BY '${replication.password}'; GRANT REPLICATION SLAVE ON *.* TO 'repl'@'%';`,
  );
  return scene;
}

/** Every replica follows the primary by this address of it. */
async function follow(scene: Scene, host: string): Promise<void> {
  const change =
    scene.sandbox.flavour === 'mariadb'
      ? `STOP SLAVE; CHANGE MASTER TO MASTER_HOST = '${host}'; START SLAVE`
      : `STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_HOST = '${host}'; START REPLICA`;
  for (const key of scene.keys.slice(1)) await scene.sandbox.sql(portOn(scene, key), change);
}

async function keysOf(daemon: Daemon): Promise<readonly string[][]> {
  const clusters = (await daemon.get('/baton/v1/clusters').catch(() => [])) as readonly ClusterReport[];
  return clusters.map(({ instances }) => instances.map(({ instance }) => instance).toSorted());
}

/** Kills the primary, and gives the successor by the name that hooks were told. */
async function failover(scene: Scene, daemon: Daemon): Promise<string> {
  await scene.sandbox.kill(portOn(scene, scene.primary));
  await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
  expect(await lastRecovery(daemon)).toMatchObject({ lost: [] });
  const line = (await hookLines(scene)).find((one) => one.startsWith('PostMasterFailover'));
  return line?.split(' ')[3] ?? '';
}

const named = (scene: Scene, host: string) =>
  scene.keys.map((key) => `${host}:${portOn(scene, key)}`).toSorted();
const hasName = await lookup(hostname()).then(
  () => true,
  () => false,
);

it.runIf(hasName).each(await flavoursHere())(
  'servers of %s that were found by address are known by what they call themselves, to hooks too',
  async (flavour) => {
    const scene = await everywhere(flavour);
    const seeds = [`localhost:${portOn(scene, scene.primary)}`, `127.0.0.1:${portOn(scene, scene.primary)}`];
    const given = { DiscoverySeeds: seeds, MySQLHostnameResolveMethod: '@@hostname' };
    const { daemon } = await aController(scene, await configured(scene, given));
    await expect.poll(() => keysOf(daemon), patient).toEqual([named(scene, hostname())]);
    const successor = await failover(scene, daemon);
    expect(named(scene, hostname())).toContain(successor);
    expect(await writableOn(scene)).toEqual([successor.replace(hostname(), '127.0.0.1')]);
  },
);

it.each(await flavoursHere())(
  'servers of %s that are reached over IPv6 are one cluster, each once, and fail over by their addresses',
  async (flavour) => {
    const scene = await everywhere(flavour, '--report-host=::1');
    await follow(scene, '::1');
    const given = { DiscoverySeeds: [`[::1]:${portOn(scene, scene.primary)}`] };
    const { daemon } = await aController(scene, await configured(scene, given));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    expect(await keysOf(daemon)).toEqual([named(scene, '[::1]')]);
    // The sandbox's servers call their source by its address, and a hook is told host and port apart.
    const successor = await failover(scene, daemon);
    expect(successor).toMatch(/^::1:\d+$/);
    expect(await writableOn(scene)).toEqual([successor.replace('::1', '127.0.0.1')]);
  },
);
