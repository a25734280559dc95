import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { AnEtcd } from './an-etcd.ts';
import { aController, answering, aScene, configured, lastRecovery, portOn } from './scene.ts';

const patient = { timeout: 20_000, interval: 50 };

it('a failover is told in a real etcd and in a file, and what somebody spoils is mended', async () => {
  const [scene, etcd] = await Promise.all([aScene(), AnEtcd.start(1)]);
  onTestFinished(() => etcd.stop());
  const keys = etcd.client();
  onTestFinished(() => keys.close());
  const told = async () => {
    const { pairs } = await keys.read({ prefix: 'mysql/master/' });
    return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
  };
  const fiveKeys = (port: number) => ({
    'mysql/master/shop': `127.0.0.1:${port}`,
    'mysql/master/shop/hostname': '127.0.0.1',
    'mysql/master/shop/port': String(port),
    'mysql/master/shop/ipv4': '127.0.0.1',
    'mysql/master/shop/ipv6': '',
  });
  const Directory = join(scene.directory, 'primaries');
  const inFile = async () =>
    JSON.parse(await readFile(join(Directory, 'shop.json'), 'utf8').catch(() => 'null')) as {
      primary?: string;
    } | null;
  const config = await configured(scene, {
    ClusterNameToAlias: { '.*': 'shop' },
    InstancePollSeconds: 1,
    Publish: [
      { Kind: 'etcd', Endpoints: etcd.endpoints },
      { Kind: 'file', Directory },
    ],
  });
  const { daemon } = await aController(scene, config);
  await expect.poll(() => answering(daemon), patient).toBe(3);
  await expect.poll(told, patient).toEqual(fiveKeys(portOn(scene, scene.primary)));

  const [preview] = (await daemon.post('/baton/v1/publish/preview', { cluster: 'shop' })) as {
    lines: readonly string[];
  }[];
  expect(preview?.lines).toHaveLength(6);
  expect(preview?.lines[0]).toBe(`etcd ${etcd.endpoints[0]}: mysql/master/shop = ${scene.primary}`);

  await keys.transact({ change: [{ put: 'mysql/master/shop', value: 'nobody:1' }] });
  await expect.poll(told, patient).toEqual(fiveKeys(portOn(scene, scene.primary)));

  await scene.sandbox.kill(portOn(scene, scene.primary));
  await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
  const successor = (await lastRecovery(daemon))?.successor ?? scene.primary;
  expect(await told()).toEqual(fiveKeys(portOn(scene, successor)));
  expect((await inFile())?.primary).toBe(successor);
});
