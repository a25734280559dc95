import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/controller/system.ts';
import type { ReloadReport } from '../../src/controller/reloading.ts';
import { aController, answering, aScene, configured } from './scene.ts';

const patient = { timeout: 15_000, interval: 50 };

it('a running controller takes a new configuration by the API and by SIGHUP, and keeps its own where the new one is invalid', async () => {
  const scene = await aScene({ servers: 2 });
  const file = await configured(scene);
  const { process: running, daemon } = await aController(scene, file);
  await expect.poll(() => answering(daemon), patient).toBe(2);
  const text = await readFile(file, 'utf8');
  const changed = (more: object) => writeFile(file, JSON.stringify({ ...JSON.parse(text), ...more }));
  const reload = async () => (await daemon.post('/baton/v1/reload', { by: 'ann' })) as ReloadReport;

  expect(await reload()).toEqual({ changes: [], waitsFor: [] });
  await changed({ RecoveryPeriodBlockSeconds: 61 });
  expect(await reload()).toMatchObject({
    changes: [{ key: 'RecoveryPeriodBlockSeconds', to: '61', takesEffect: 'at-once' }],
    waitsFor: [],
  });
  expect(await answering(daemon)).toBe(2);

  await changed({ RecoveryPeriodBlockSeconds: 'soon' });
  await expect(reload()).rejects.toMatchObject({
    code: 'config-invalid',
    message: expect.stringContaining('RecoveryPeriodBlockSeconds'),
  });

  await changed({ RecoveryPeriodBlockSeconds: 62, StateFile: 'elsewhere.sqlite' });
  running.signal('SIGHUP');
  const log = () => readFile(running.logFile, 'utf8');
  await expect.poll(log, patient).toContain('RecoveryPeriodBlockSeconds: 61 → 62');
  expect(await log()).toContain('StateFile');
  expect(await log()).toContain('which takes effect at the next start');

  const at = systemClock.monotonic();
  running.signal('SIGTERM');
  await expect.poll(() => answering(daemon), patient).toBe(0);
  expect(systemClock.monotonic() - at).toBeLessThan(5_000);
});
