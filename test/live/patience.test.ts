import { describe, expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
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

describe('a primary that is not dead', () => {
  it('is left alone when it hangs for less than the confirmation time', async () => {
    const scene = await aScene();
    const config = await configured(scene, {
      ProbeIntervalMilliseconds: 100,
      ProbeTimeoutMilliseconds: 200,
      DetectionConfirmMilliseconds: 3_000,
    });
    const { daemon, process: controller } = await aController(scene, config);
    await expect.poll(() => answering(daemon), patient).toBe(3);
    await scene.sandbox.freeze(portOn(scene, scene.primary));
    await expect.poll(() => answering(daemon), patient).toBe(2);
    await scene.sandbox.thaw(portOn(scene, scene.primary));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    expect(await lastRecovery(daemon)).toBeNull();
    expect(await writableOn(scene)).toEqual([scene.primary]);
    expect(controller.isAlive()).toBe(true);
  });

  it('is left alone while only the controller cannot reach it and its replicas still replicate', async () => {
    const scene = await aScene();
    const drop = await dropper(scene);
    if (drop === null) return;
    const config = await configured(scene, {
      ProbeIntervalMilliseconds: 100,
      ProbeTimeoutMilliseconds: 200,
      DetectionConfirmMilliseconds: 0,
    });
    const { daemon } = await aController(scene, config);
    await expect.poll(() => answering(daemon), patient).toBe(3);
    await drop();
    // The finding is announced once it has lasted, and that is all that comes of it.
    await expect.poll(async () => (await hookLines(scene)).length, patient).toBe(1);
    expect((await hookLines(scene))[0]).toContain('OnFailureDetection UnreachableMaster');
    // Ten looks later it is still so.
    const looked = Date.now();
    await expect.poll(() => Date.now() - looked, patient).toBeGreaterThan(1_000);
    expect(await lastRecovery(daemon)).toBeNull();
    expect(await writableOn(scene)).toEqual([scene.primary]);
  });
});

/**
 * Cuts the controller, and it alone, off from the primary: new connections to it are dropped on the
 * wire, and the controller's own are ended, while the replicas' stay. Null, with the reason printed,
 * where this machine cannot.
 */
async function dropper(scene: Scene): Promise<(() => Promise<void>) | null> {
  const port = portOn(scene, scene.primary);
  const table = `baton_test_${port}`;
  const nft = (rules: string) => runProgram('nft', ['-f', '-'], { timeoutMs: 10_000, input: rules });
  const made = await nft(
    `table inet ${table} {\n chain out {\n type filter hook output priority 0;\n }\n}\n`,
  );
  if (made.exitCode !== 0) {
    const because = `cannot drop packets on the loopback here: ${made.stderr.trim()}`;
    if (process.env['CI'] === 'true') throw new Error(because);
    console.log(`Skipped: a partition of the controller; ${because}`);
    return null;
  }
  onTestFinished(async () => {
    await nft(`delete table inet ${table}\n`);
  });
  return async () => {
    await nft(`add rule inet ${table} out tcp dport ${port} tcp flags & (syn|ack) == syn drop\n`);
    const ours = await scene.sandbox.sql(
      port,
      "SELECT id FROM information_schema.processlist WHERE user = 'baton'",
    );
    for (const id of ours.split('\n').filter((line) => line !== ''))
      await scene.sandbox.sql(port, `KILL ${id}`);
  };
}
