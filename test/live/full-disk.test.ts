import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { anOpening, fired, verified } from '../journal/contract.ts';
import { aController, answering, aScene, lastRecovery, portOn, writableOn } from './scene.ts';

const patient = { timeout: 30_000, interval: 100 };

/** A file system of its own; null where this user may not mount one. */
async function aDisk(size: string): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-disk-'));
  const { status } = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder], {
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    if (status === 0) spawnSync('/bin/umount', ['-l', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return status === 0 ? folder : null;
}

/** Leaves no byte free; gives what makes room again. */
async function fill(folder: string): Promise<() => Promise<void>> {
  const ballast = join(folder, 'ballast');
  for (;;) {
    const { bavail, bsize } = await statfs(folder);
    if (bavail === 0) break;
    await writeFile(ballast, Buffer.alloc(bavail * bsize), { flag: 'a' }).catch(() => {});
  }
  return () => rm(ballast);
}

it('a journal whose disk is full says so, keeps what it has, and goes on when there is room', async ({
  skip,
}) => {
  const disk = await aDisk('2m');
  if (disk === null) return skip('a file system can only be mounted by root');
  const file = join(disk, 'baton.sqlite');
  const journal = await openSqliteJournal({ file });
  await journal.open(anOpening());
  await journal.append('1:aa', fired, 1, 1);
  const makeRoom = await fill(disk);
  const long = { kind: 'said', event: 'cancel', who: 'anna', why: 'x'.repeat(300_000) } as const;
  await expect(journal.append('1:aa', long, 2, 1)).rejects.toMatchObject({
    code: 'journal-broken',
    message: `${file}: its disk is full, so nothing was written`,
  });
  expect((await journal.read('1:aa'))?.records).toHaveLength(1);
  await makeRoom();
  expect((await journal.append('1:aa', long, 3, 1)).seq).toBe(2);
  expect(await verified(journal)).toMatchObject({ records: 2, faults: [] });
  await journal.close();
});

it('a controller whose disk is full acts no more, goes on watching and says so, and acts when there is room', async ({
  skip,
}) => {
  const disk = await aDisk('8m');
  if (disk === null) return skip('a file system can only be mounted by root');
  const scene = await aScene();
  const given = JSON.parse(await readFile(scene.sandbox.configFile, 'utf8')) as object;
  const file = join(scene.directory, 'full-disk.json');
  await writeFile(file, JSON.stringify({ ...given, StateFile: join(disk, 'baton.sqlite') }));
  const { process, daemon } = await aController(scene, file);
  await expect.poll(() => answering(daemon), patient).toBe(3);
  const makeRoom = await fill(disk);

  await scene.sandbox.kill(portOn(scene, scene.primary));
  const warnings: string[] = [];
  await expect
    .poll(async () => {
      for (const { warns, sentence } of await process.news()) if (warns) warnings.push(sentence);
      return warnings.some((one) => one.includes('its disk is full'));
    }, patient)
    .toBe(true);
  expect(await answering(daemon)).toBe(2);
  expect(await writableOn(scene)).toEqual([]);

  await makeRoom();
  await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
  expect(await writableOn(scene)).toHaveLength(1);
});
