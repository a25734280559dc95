import { describe, expect, it, onTestFinished } from 'vitest';
import type { FindingReport } from '../../src/controller/reports.ts';
import { systemClock } from '../../src/controller/system.ts';
import { MysqlServers } from '../../src/mysql/servers.ts';
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
import { aStormOn } from './storm.ts';

const patient = { timeout: 30_000, interval: 50 };

/** What comes back from the primary, each time over a connection that was not there before unless `servers` is kept. */
function looker(scene: Scene, password = scene.sandbox.credentials.topology.password) {
  const access = { user: 'baton', password, connectTimeoutMs: 2_000, tls: null };
  const servers = new MysqlServers({ access, clock: systemClock, useSuperReadOnly: false, onLost: () => {} });
  onTestFinished(() => servers.close());
  return async () => {
    const [seen] = await servers.look([scene.primary], 500);
    return { outcome: seen?.outcome, echo: seen?.echo, error: seen?.error };
  };
}

describe.each(await flavoursHere())('what comes back from a server of %s', (flavour) => {
  it('is an answer where it has no connection left, or does not know us', async () => {
    const scene = await aScene({ flavour, servers: 1 });
    const look = looker(scene);
    expect(await look()).toEqual({ outcome: 'read', echo: 'answered', error: null });
    expect(await looker(scene, 'wrong')()).toMatchObject({
      outcome: 'failed',
      echo: 'answered',
      error: expect.stringContaining('Access denied'),
    });
    await aStormOn(scene, scene.primary);
    const full = {
      outcome: 'failed',
      echo: 'answered',
      error: `${scene.primary} cannot be asked: Too many connections`,
    };
    await expect.poll(look, patient).toEqual(full);
    expect(await looker(scene)()).toEqual(full);
  });

  it('is silence where it hangs, over an old connection and over a new one, and a refusal where it is dead', async () => {
    const scene = await aScene({ flavour, servers: 1 });
    const look = looker(scene);
    await look();
    await scene.sandbox.freeze(portOn(scene, scene.primary));
    const silent = {
      outcome: 'failed',
      echo: 'silent',
      error: `${scene.primary} did not answer within 500 ms`,
    };
    expect(await look()).toEqual(silent);
    expect(await look()).toEqual(silent);
    await scene.sandbox.thaw(portOn(scene, scene.primary));
    await expect.poll(async () => (await look()).outcome, patient).toBe('read');
    await scene.sandbox.kill(portOn(scene, scene.primary));
    expect(await look()).toMatchObject({ outcome: 'failed', echo: expect.stringMatching(/refused|reset/) });
    expect(await look()).toEqual({
      outcome: 'failed',
      echo: 'refused',
      error: `${scene.primary} refuses connections`,
    });
  });

  it('keeps a primary in office that a storm of connections has cut off from all its replicas, until it dies', async () => {
    const scene = await aScene({ flavour });
    const { daemon } = await aController(scene, await configured(scene));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    const insider = await aStormOn(scene, scene.primary);

    const shut = async () => {
      const findings = (await daemon.get('/baton/v1/findings')) as readonly FindingReport[];
      const found = findings.find(
        ({ instance, code }) => instance === scene.primary && code === 'DeadMaster',
      );
      return found?.gates.filter(({ open }) => !open).map(({ because }) => because);
    };
    await expect
      .poll(shut, patient)
      .toEqual([
        `${scene.primary} cannot be asked: Too many connections, and a server that answers anything is not dead; "baton takeover" replaces one that lives`,
      ]);
    await expect.poll(() => hookLines(scene), patient).toHaveLength(1);
    // Longer than the confirmation time: whatever would have been done would be under way.
    const until = Date.now() + 4_000;
    for (let order = 1; Date.now() < until; order += 1)
      await insider.query('INSERT INTO shop.orders VALUES (?, ?)', [order, 'taken in the storm']);
    expect(await lastRecovery(daemon)).toBeNull();
    expect((await hookLines(scene))[0]).toContain('OnFailureDetection DeadMaster');

    await scene.sandbox.kill(portOn(scene, scene.primary));
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    expect(await writableOn(scene)).toEqual([(await lastRecovery(daemon))?.successor]);
  });
});
