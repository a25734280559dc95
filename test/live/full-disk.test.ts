import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { anOpening, fired, verified } from '../journal/contract.ts';
import { aController, answering, aScene, configured, lastRecovery, portOn, writableOn } from './scene.ts';

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

/** What befalls the disk of a state file while a controller has it open; `mend` undoes it. */
interface Disk {
  readonly file: string;
  spoil(): Promise<() => Promise<void>>;
}

async function fullDisk(): Promise<Disk | null> {
  const disk = await aDisk('8m');
  return disk === null ? null : { file: join(disk, 'baton.sqlite'), spoil: () => fill(disk) };
}

/** As when somebody takes the right to write away: what is open may be written to no more either. */
async function immutableFile(): Promise<Disk | null> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-disk-'));
  const file = join(folder, 'baton.sqlite');
  const change = (how: '+i' | '-i') =>
    spawnSync('/usr/bin/chattr', [how, file, `${file}-wal`], { stdio: 'ignore' }).status === 0;
  onTestFinished(async () => {
    change('-i');
    await rm(folder, { recursive: true, force: true });
  });
  await writeFile(join(folder, 'tried'), '');
  const may = spawnSync('/usr/bin/chattr', ['+i', join(folder, 'tried')], { stdio: 'ignore' }).status === 0;
  spawnSync('/usr/bin/chattr', ['-i', join(folder, 'tried')], { stdio: 'ignore' });
  return may
    ? {
        file,
        async spoil() {
          expect(change('+i')).toBe(true);
          return async () => {
            expect(change('-i')).toBe(true);
          };
        },
      }
    : null;
}

/** As ext4 does it of itself when its own disk fails. */
async function brittleDisk(): Promise<Disk | null> {
  const parent = await mkdtemp(join(tmpdir(), 'baton-disk-'));
  const [image, folder] = [join(parent, 'image'), join(parent, 'disk')];
  const did = (program: string, ...words: string[]) =>
    spawnSync(program, words, { stdio: 'ignore' }).status === 0;
  const mounted = () => did('mount', '-o', 'loop,errors=remount-ro', image, folder);
  await mkdir(folder);
  await writeFile(image, Buffer.alloc(16 * 1_024 * 1_024));
  onTestFinished(async () => {
    did('umount', '-l', folder);
    await rm(parent, { recursive: true, force: true });
  });
  if (!did('mkfs.ext4', '-q', '-F', image) || !mounted()) return null;
  return {
    file: join(folder, 'baton.sqlite'),
    async spoil() {
      expect(did('mount', '-o', 'remount,abort', folder)).toBe(true);
      return async () => {
        await expect.poll(() => did('umount', folder), patient).toBe(true);
        expect(mounted()).toBe(true);
      };
    },
  };
}

it.for([
  ['is full', 'its disk is full', fullDisk],
  ['may not be written to any more', 'this user may not write there', immutableFile],
] as const)(
  'a controller whose state file %s acts no more, goes on watching and says so, and acts when it can write again',
  async ([name, said, aDiskOfIts], { skip }) => {
    const disk = await aDiskOfIts();
    if (disk === null) return skip(`only root can see to it that a state file ${name}`);
    const scene = await aScene();
    const { process, daemon } = await aController(scene, await configured(scene, { StateFile: disk.file }));
    await expect.poll(() => answering(daemon), patient).toBe(3);
    const mend = await disk.spoil();

    await scene.sandbox.kill(portOn(scene, scene.primary));
    const warnings: string[] = [];
    await expect
      .poll(async () => {
        for (const { warns, sentence } of await process.news()) if (warns) warnings.push(sentence);
        return warnings.some((one) => one.includes(said));
      }, patient)
      .toBe(true);
    await expect.poll(() => answering(daemon), patient).toBe(2);
    expect(await writableOn(scene)).toEqual([]);

    await mend();
    await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
    expect(await writableOn(scene)).toHaveLength(1);
  },
);

it('a controller whose file system shuts itself off says so, and acts after a restart', async ({ skip }) => {
  const disk = await brittleDisk();
  if (disk === null) return skip('an ext4 can only be mounted by root, where there are loop devices');
  const { scene, process, configFile, mend } = await refusing(
    disk,
    'its disk takes nothing any more (if its file system shut itself off, start Baton again when that is mended)',
  );
  process.signal('SIGKILL');
  await mend();
  const { daemon } = await aController(scene, configFile);
  await expect.poll(async () => (await lastRecovery(daemon))?.state, patient).toBe('recovered');
  expect(await writableOn(scene)).toHaveLength(1);
});

/** A controller whose disk was spoilt before the primary died: it has said why it does not act, and goes on watching. */
async function refusing(disk: Disk, said: string) {
  const scene = await aScene();
  const configFile = await configured(scene, { StateFile: disk.file });
  const { process, daemon } = await aController(scene, configFile);
  await expect.poll(() => answering(daemon), patient).toBe(3);
  const mend = await disk.spoil();
  await scene.sandbox.kill(portOn(scene, scene.primary));
  const warnings: string[] = [];
  await expect
    .poll(async () => {
      for (const { warns, sentence } of await process.news()) if (warns) warnings.push(sentence);
      return warnings.filter((one) => one.includes(said)).length;
    }, patient)
    // Said once, though it is tried again with every look.
    .toBe(1);
  await expect.poll(() => answering(daemon), patient).toBe(2);
  expect(await writableOn(scene)).toEqual([]);
  return { scene, process, daemon, configFile, mend };
}
