import { describe, expect, it } from 'vitest';
import type { FindingReport } from '../../src/controller/reports.ts';
import { flavoursHere } from './flavours.ts';
import { aController, answering, aScene, configured, lastRecovery, portOn } from './scene.ts';

const patient = { timeout: 30_000, interval: 50 };
const stopReceiving = { mariadb: 'STOP SLAVE IO_THREAD', mysql: 'STOP REPLICA IO_THREAD' };

describe.each(await flavoursHere())(
  'a primary of %s whose commits wait for replicas it does not have',
  (flavour) => {
    it('is suspected of a lock at once, and said to be locked when it has stood still for as long as is configured', async () => {
      const scene = await aScene({ flavour, semiSync: true });
      const config = await configured(scene, { ReasonableLockedSemiSyncMasterSeconds: 1 });
      const { daemon, process: controller } = await aController(scene, config);
      await expect.poll(() => answering(daemon), patient).toBe(3);
      for (const replica of scene.keys.slice(1))
        await scene.sandbox.sql(portOn(scene, replica), stopReceiving[flavour]);

      const codes = async () => {
        const findings = (await daemon.get('/baton/v1/findings')) as readonly FindingReport[];
        return findings.filter(({ instance }) => instance === scene.primary).map(({ code }) => code);
      };
      await expect.poll(codes, patient).toEqual(['LockedSemiSyncMaster']);
      const told = (await controller.news()).map(({ sentence }) => sentence);
      expect(told).toContainEqual(
        expect.stringContaining(`${scene.primary}: LockedSemiSyncMasterHypothesis`),
      );
      expect(await lastRecovery(daemon)).toBeNull();
    });
  },
);
