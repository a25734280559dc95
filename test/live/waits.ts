import { expect } from 'vitest';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { ControllerProcess } from '../../src/cli/demo/controller-process.ts';
import { aController, answering, configured, lastRecovery, portOn, type Scene } from './scene.ts';

/** For what takes a machine a moment, or much longer where others need it too. */
export const patient = { timeout: 40_000, interval: 50 };

/** A controller that has seen every server of the scene, and acts at once; `more` is what else it is configured with. */
export async function watched(
  scene: Scene,
  more: Record<string, unknown> = {},
): Promise<{ config: string; process: ControllerProcess; daemon: Daemon }> {
  const config = await configured(scene, { DetectionConfirmMilliseconds: 0, ...more });
  const started = await aController(scene, config);
  await expect.poll(() => answering(started.daemon), patient).toBe(scene.keys.length);
  return { config, ...started };
}

/** How the last recovery ended, when it has. */
export async function ended(daemon: Daemon): Promise<string | undefined> {
  await expect.poll(async () => (await lastRecovery(daemon))?.endedAt ?? null, patient).not.toBeNull();
  return (await lastRecovery(daemon))?.state;
}

/** Kills the primary; how the recovery ended. */
export async function killPrimary(scene: Scene, daemon: Daemon): Promise<string | undefined> {
  await scene.sandbox.kill(portOn(scene, scene.primary));
  return ended(daemon);
}
