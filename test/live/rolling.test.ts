import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aController, aScene, aWriter, hookLines, lastRecovery, portOn, writableOn } from './scene.ts';
import { controllers, leaderOf, type Member } from './several.ts';

const patient = { timeout: 40_000, interval: 50 };

it('three controllers are stopped and started again one after the other during a failover: it ends well, and each hook runs once, or is told that it runs again', async () => {
  const scene = await aScene({ semiSync: true });
  const log = join(scene.directory, 'hooks.log');
  const gate = join(scene.directory, 'gate');
  const noted = (stage: string, then = 'true') => [`echo "${stage} $BATON_HOOK_RESUMED" >> ${log}; ${then}`];
  const given = {
    // The failover lasts for as long as controllers are being restarted.
    PreFailoverProcesses: noted('PreFailover', `while [ ! -e ${gate} ]; do sleep 0.05; done`),
    PostMasterFailoverProcesses: noted('PostMasterFailover'),
    PostFailoverProcesses: noted('PostFailover'),
  };
  const { members } = await controllers(scene, { names: ['one', 'two', 'three'], given });
  const writer = aWriter(scene);
  await scene.sandbox.kill(portOn(scene, scene.primary));
  const lines = async () => (await hookLines(scene)).filter((line) => !line.startsWith('OnFailure'));
  const begun = async () => (await lines()).length;
  await expect.poll(begun, patient).toBe(1);
  let [waiting, restarted]: [readonly Member[], readonly Member[]] = [members, []];
  while (waiting.length > 0) {
    const leading = await leaderAmong([...waiting, ...restarted]);
    const next = waiting.find((one) => one.name === leading.name) ?? waiting[0];
    if (next === undefined) return;
    const before = await begun();
    next.process.signal('SIGTERM');
    await expect.poll(() => next.process.isAlive(), patient).toBe(false);
    waiting = waiting.filter((one) => one !== next);
    // One that led and is back before another leads may lead again, and goes on with its own hook, which runs once.
    if (next.name === leading.name) await expect.poll(begun, patient).toBeGreaterThan(before);
    restarted = [...restarted, { ...next, ...(await aController(scene, next.config)) }];
  }
  await writeFile(gate, '');
  await expect
    .poll(async () => (await lastRecovery((await leaderOf(restarted)).daemon))?.state, patient)
    .toBe('recovered');
  expect(await writableOn(scene)).toHaveLength(1);
  await writer.stop();
  const untold = (await lines()).filter((line) => line.endsWith(' 0'));
  expect(untold).toEqual(['PreFailover 0', 'PostMasterFailover 0', 'PostFailover 0']);
  const successor = (await lastRecovery((await leaderOf(restarted)).daemon))?.successor;
  expect(writer.firstElsewhere(scene.primary)?.server).toBe(successor);
}, 120_000);

async function leaderAmong(members: readonly Member[]): Promise<Member> {
  await expect.poll(() => leaderOf(members).then(({ name }) => name), patient).toBeTruthy();
  return leaderOf(members);
}
