import { expect, it } from 'vitest';
import type { RecoveryReport } from '../../src/controller/reports.ts';
import { aController, answering, aScene, configured, lastRecovery, portOn, writableOn } from './scene.ts';

const patient = { timeout: 30_000, interval: 50 };

it('quirk 11: a primary that its replicas call by two names has one successor, whom both follow (P3)', async () => {
  const scene = await aScene();
  const [primary = '127.0.0.1:0', , other = '127.0.0.1:0'] = scene.keys;
  const otherName = `STOP SLAVE; CHANGE MASTER TO MASTER_HOST = '127.1'; START SLAVE`;
  await scene.sandbox.sql(portOn(scene, other), otherName);
  const seeds = [`localhost:${portOn(scene, primary)}`, `localhost:${portOn(scene, other)}`];
  const config = await configured(scene, { DiscoverySeeds: seeds, DetectionConfirmMilliseconds: 0 });
  const { daemon } = await aController(scene, config);
  await expect.poll(() => answering(daemon), patient).toBe(3);
  await scene.sandbox.kill(portOn(scene, primary));
  await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
  const recoveries = (await daemon.get('/baton/v1/recoveries?limit=9')) as readonly RecoveryReport[];
  expect(recoveries).toMatchObject([{ state: 'recovered', lost: [] }]);
  expect(await writableOn(scene)).toEqual([recoveries[0]?.successor]);
});
