import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { ordersOn } from '../../src/cli/demo/writer.ts';
import { daemonOf } from '../../src/cli/daemon.ts';
import { startServer } from '../../src/process/start-server.ts';
import {
  aController,
  answering,
  aScene,
  aWriter,
  configured,
  hookLines,
  lastRecovery,
  portOn,
  type Scene,
  storyOfLast,
  writableOn,
} from './scene.ts';

const patient = { timeout: 40_000, interval: 30 };
const dying = fileURLToPath(builtTwin(new URL('../processes/dying-controller.ts', import.meta.url).href));

describe('a controller that is SIGKILLed', () => {
  it('after every third record is continued by the next one, without a lost write or a second primary (P2, P3)', async () => {
    const scene = await aScene({ semiSync: true });
    const settings = { DetectionConfirmMilliseconds: 0, InstancePollSeconds: 1 };
    const config = await configured(scene, settings);
    let died = true;
    let record = 1;
    // Stories die after every record; `npm run soak -- kills` after any, on real servers.
    for (; died; record += 3) died = await dieAndContinue(scene, config, record);
    // Fewer would mean that the deaths did not reach the end of the recovery.
    expect(record).toBeGreaterThan(40);
  }, 900_000);
});

/** One recovery whose controller dies after its N-th record; false where it had fewer than N. */
async function dieAndContinue(scene: Scene, config: string, record: number): Promise<boolean> {
  await scene.sandbox.rewire();
  for (const name of ['baton.sqlite', 'baton.sqlite-wal', 'baton.sqlite-shm', 'hooks.log']) {
    await rm(join(scene.directory, name), { force: true });
  }
  const logFile = join(scene.directory, `dying-${record}.log`);
  const pid = await startServer(process.execPath, [dying, config, String(record)], { logFile });
  onTestFinished(() => end(pid));
  const daemon = await daemonOf(config);
  await expect.poll(() => answering(daemon), patient).toBe(3);
  const writer = aWriter(scene);
  await expect.poll(() => writer.acknowledged, patient).toBeGreaterThan(20);
  await scene.sandbox.kill(portOn(scene, scene.primary));
  const came = async () => !isAlive(pid) || (await lastRecovery(daemon))?.endedAt != null;
  await expect.poll(came, patient).toBe(true);
  const died = !isAlive(pid);

  if (died) {
    const { process: next } = await aController(scene, config);
    await expect
      .poll(async () => (await lastRecovery(daemon))?.state, { ...patient, message: `record ${record}` })
      .toBe('recovered');
    await expect.poll(() => writer.firstElsewhere(scene.primary), patient).not.toBeNull();
    await writer.stop();
    await judge(scene, daemon, writer, record);
    next.signal('SIGKILL');
    await expect.poll(() => next.isAlive(), patient).toBe(false);
  } else end(pid);
  await writer.stop();
  return died;
}

async function judge(
  scene: Scene,
  daemon: Awaited<ReturnType<typeof daemonOf>>,
  writer: ReturnType<typeof aWriter>,
  record: number,
) {
  const { recovery } = await storyOfLast(daemon);
  const successor = recovery.successor ?? scene.primary;
  expect(await writableOn(scene), `writable after record ${record}`).toEqual([successor]);
  const kept = await ordersOn(successor, scene.sandbox.credentials.app);
  expect(writer.missing(scene.primary, kept), `writes lost after record ${record}`).toEqual([]);
  const lines = await hookLines(scene);
  for (const stage of ['OnFailureDetection', 'PreFailover', 'PostMasterFailover', 'PostFailover']) {
    expect(
      lines.filter((line) => line.startsWith(stage)).length,
      `${stage} after record ${record}`,
    ).toBeGreaterThan(0);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function end(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}
