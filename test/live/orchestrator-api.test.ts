import { expect, it } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { freePorts } from '../../src/sandbox/free-ports.ts';
import { aController, answering, aScene, configured } from './scene.ts';

const bin = new URL('../../dist/src/bin.js', import.meta.url).pathname;

it('on real servers orchestrator’s API and baton -c move a replica, change the primary and tell of it', async () => {
  const scene = await aScene();
  const [port = 0] = await freePorts(1);
  const config = await configured(scene, {
    ListenAddress: `127.0.0.1:${port}`,
    ClusterNameToAlias: { '.*': 'shop' },
  });
  const { daemon } = await aController(scene, config);
  await expect.poll(() => answering(daemon), { timeout: 20_000 }).toBe(3);
  const baton = async (...words: readonly string[]) => {
    const timeoutMs = 30_000;
    const { stdout } = await runProgram(process.execPath, [bin, '--config', config, ...words], { timeoutMs });
    return stdout.trim();
  };
  const asked = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port}/api/${path}`)).json() as Promise<{ Details: { UID: string } }>;

  const [primary = '', second = '', third = ''] = scene.keys;
  expect(await baton('-c', 'which-cluster-master', '-alias', 'shop')).toBe(primary);
  expect(await baton('-c', 'relocate', '-i', third, '-d', second)).toBe(`${third}<${second}`);
  expect(
    (await baton('-c', 'topology', '-alias', 'shop'))
      .split('\n')
      .map((line) => line.split(' [')[0]?.trimEnd()),
  ).toEqual([primary, `+ ${second}`, `  + ${third}`]);
  expect(await baton('-c', 'move-up', '-i', third)).toBe(`${third}<${primary}`);
  expect(await baton('-c', 'stop-replica-nice', '-i', third)).toBe(third);
  expect(await baton('-c', 'start-replica', '-i', third)).toBe(third);

  const [host = '', number = ''] = second.split(':');
  const taken = await asked(`graceful-master-takeover-auto/shop/${host}/${number}`);
  expect(taken).toMatchObject({
    Code: 'OK',
    Details: { SuccessorKey: { Hostname: host, Port: Number(number) } },
  });
  expect(await asked('master/shop')).toMatchObject({ Key: { Port: Number(number) }, ReadOnly: false });
  expect(await asked('audit-recovery')).toMatchObject([{ UID: taken.Details.UID, IsSuccessful: true }]);
  expect(await baton('-c', 'replication-analysis')).toBe('');
});
