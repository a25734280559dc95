import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SignalNews } from '../../../src/engine/ports.ts';
import { systemClock } from '../../../src/process/system-clock.ts';
import { KeepalivedSignals, watchedOf } from '../../../src/signals/keepalived/keepalived-signals.ts';
import type { DumpedInstance } from '../../../src/signals/keepalived/state-dump.ts';

const never = new AbortController().signal;
const one = (state: DumpedInstance['state'], name = 'VI_1'): DumpedInstance => ({
  name,
  state,
  priority: 100,
});

/** The keepalived of host a, whose states the test says; its FIFO is real. */
async function aHost(first: readonly DumpedInstance[] | string, before = '') {
  const folder = mkdtempSync(join(tmpdir(), 'baton-keepalived-'));
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const fd = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  writeSync(fd, before);
  let stands = first;
  const warnings: string[] = [];
  const ask = async () => {
    if (typeof stands === 'string') throw new Error(stands);
    return stands;
  };
  const signals = new KeepalivedSignals({
    watched: [{ node: 'a', fifo, ask }],
    isHost: (node, instance) => instance.startsWith(`${node}:`),
    clock: systemClock,
    teller: { tell: () => {}, warn: (sentence) => warnings.push(sentence) },
  });
  const news: SignalNews[] = [];
  signals.heed(async (each) => news.push(each) > 0, never);
  signals.start();
  onTestFinished(async () => {
    await signals.close();
    closeSync(fd);
    rmSync(folder, { recursive: true });
  });
  const says = () => signals.of('a:1').map((each) => each.says);
  const words = () => news.map(({ because }) => because);
  return {
    signals,
    news,
    words,
    warnings,
    says,
    is: (next: typeof stands) => (stands = next),
    write: (text: string) => writeSync(fd, text),
  };
}

it('takes a line for a hint, and only the states that keepalived is asked for then for how its host stands', async () => {
  const { signals, write, is, says, news } = await aHost([one('MASTER')]);
  await expect.poll(says).toEqual(['up']);
  await expect.poll(() => write('INSTANCE "VI_1" FAULT 100\n') > 0 && news.length).toBeGreaterThan(2);
  expect(news.at(-1)).toMatchObject({
    from: 'keepalived',
    node: 'a',
    because: 'a: the instance "VI_1" is told to be FAULT',
    standing: null,
  });
  expect(says()).toEqual(['up']);
  is([one('FAULT'), one('BACKUP', 'VI_2')]);
  write('INSTANCE "VI_1" FAULT 100\n');
  await expect.poll(says).toEqual(['faulty']);
  expect(signals.of('a:1')).toMatchObject([{ because: 'a: "VI_1" is in FAULT', isFencing: false }]);
  expect(signals.of('b:1')).toEqual([]);
  expect(signals.fences()).toBe(false);
});

it('that has ended has left, and one that cannot be asked says nothing, which is told once', async () => {
  const { write, is, says, warnings } = await aHost([one('MASTER')]);
  await expect.poll(says).toEqual(['up']);
  is([]);
  write('INSTANCE "VI_1" STOP 100\n');
  await expect.poll(says).toEqual(['left']);
  is('it wrote nothing');
  write('INSTANCE "VI_1" BACKUP 100\n');
  await expect.poll(says).toEqual([]);
  write('INSTANCE "VI_1" MASTER 100\n');
  await expect.poll(() => warnings).toEqual(['nothing is known of keepalived on a: it wrote nothing']);
});

it('tells nothing of what lay in the FIFO before, for nobody knows when that was', async () => {
  const { says, words } = await aHost([one('BACKUP')], 'INSTANCE "VI_1" MASTER 100\n');
  await expect.poll(says).toEqual(['up']);
  expect(words()).toEqual(['a holds no address']);
});

it('tells a flood by its number, and what a name holds on one line', async () => {
  const { write, says, words } = await aHost([one('MASTER')]);
  await expect.poll(says).toEqual(['up']);
  await expect
    .poll(() => write('INSTANCE "x\u{1b}[2J" FAULT 100\n') > 0 && words().length)
    .toBeGreaterThan(1);
  expect(words().at(-1)).toBe('a: the instance "x\u{fffd}[2J" is told to be FAULT');
  const before = words().length;
  write('INSTANCE "VI_1" BACKUP 100\nINSTANCE "VI_1" MASTER 100\n'.repeat(500));
  await expect.poll(() => words().at(-1)).toMatch(/^a: \d+ changes of its instances were told beside these$/);
  expect(words().length - before).toBeLessThan(70);
});

it('asks no process where none is named, and finds that one has ended whose file is gone', async () => {
  const given = { Node: 'a', Fifo: '/nowhere', DumpFile: '/nowhere' };
  expect(watchedOf({ ...given, PidFile: '' }).ask).toBeNull();
  const folder = mkdtempSync(join(tmpdir(), 'baton-keepalived-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const PidFile = join(folder, 'pid');
  const { ask } = watchedOf({ ...given, PidFile });
  expect(await ask?.()).toEqual([]);
  writeFileSync(PidFile, '1\n');
  expect(await ask?.()).toEqual([]);
});
