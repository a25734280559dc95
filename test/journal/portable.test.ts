import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArchivedJournal, Filling } from '../../src/journal/archive.ts';
import { filledFrom } from '../../src/journal/filled.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { linesOf, partsIn } from '../../src/journal/portable.ts';
import { fillFile } from '../../src/journal/sqlite-filling.ts';
import { pagesOfFile } from '../../src/journal/sqlite-pages.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { partsOf, verify } from '../../src/journal/verify.ts';
import { anOpening, ended, fired, verified } from './contract.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-portable-'));
  file = join(folder, 'baton.sqlite');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Three runs, of which one goes on and one was left out; what a hook said moves a terminal's cursor. */
async function aJournal(): Promise<ArchivedJournal> {
  const journal = memoryJournal();
  for (let token = 0; token < 3; ) token = await journal.nextToken();
  for (const [index, uid] of ['1:aa', '2:bb', '3:cc'].entries()) {
    await journal.open(anOpening({ uid, at: 1_000 * (index + 1), token: 3 }));
    await journal.append(
      uid,
      { kind: 'said', event: 'cancel', who: 'anna', why: '\u001b[2J\u009b2J ü\n' },
      5,
      3,
    );
    if (uid !== '3:cc') await journal.append(uid, ended, 2_000, 3);
  }
  await journal.acknowledge('2:bb', 'anna', 'seen', 3_000);
  await journal.leaveOut(['1:aa'], 4_000, 3);
  await journal.keep('flags', 'disabled', { who: 'anna' });
  return journal;
}

async function exported(journal: ArchivedJournal, since: number | null = null): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(journal, { now: 9_000, since })) lines.push(line);
  return lines;
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

/** Fills the file; closes it. */
async function imported(lines: readonly string[]): Promise<void> {
  const filling = await fillFile(file);
  try {
    await filledFrom(() => partsIn(each(lines)), filling);
  } finally {
    await filling.close();
  }
}

describe('a journal that was exported', () => {
  it('says on its first line what it is, and moves nobody’s cursor', async () => {
    const lines = await exported(await aJournal());
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      kind: 'journal',
      format: 'baton-journal',
      version: 1,
      at: '1970-01-01T00:00:09.000Z',
      since: null,
    });
    expect(lines.map((line) => JSON.parse(line).kind)).toEqual([
      'journal',
      'fact',
      'run',
      'run',
      'anchor',
      'end',
    ]);
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('is in a state file what it was, seals, claims, numbers and all', async () => {
    const before = await aJournal();
    await imported(await exported(before));
    const after = await openSqliteJournal({ file });
    try {
      expect(await after.stored(0, 9)).toEqual(await before.stored(0, 9));
      expect(await after.anchors(0, 9)).toEqual(await before.anchors(0, 9));
      expect(await after.list({ limit: 9 })).toEqual(await before.list({ limit: 9 }));
      expect(await after.kept('flags')).toEqual(await before.kept('flags'));
      expect(await after.open(anOpening({ uid: '4:dd' }))).toEqual({ opened: false, by: '3:cc' });
      expect(await after.nextToken()).toBeGreaterThan(3);
      await after.append('3:cc', ended, 6_000, 4);
      await after.open(anOpening({ uid: '4:dd' }));
      await after.leaveOut(['2:bb'], 7_000, 4);
      expect(await verified(after)).toMatchObject({ runs: 2, leftOut: 2, faults: [] });
    } finally {
      await after.close();
    }
  });

  it('can be exported from a state file that is only read', async () => {
    const lines = await exported(await aJournal());
    await imported(lines);
    const pages = await pagesOfFile(file);
    const again: string[] = [];
    for await (const line of linesOf(pages, { now: 9_000, since: null })) again.push(line);
    expect((await verify(partsOf(pages))).faults).toEqual([]);
    await pages.close();
    expect(again.map((line) => JSON.parse(line))).toEqual(lines.map((line) => JSON.parse(line)));
  });

  it('goes back as far as it is asked to', async () => {
    const lines = await exported(await aJournal(), 3_000);
    const uids = lines.flatMap((line) => JSON.parse(line).run?.uid ?? []);
    expect(uids).toEqual(['3:cc']);
    await expect(imported(lines)).rejects.toMatchObject({ code: 'journal-unusable' });
  });
});

describe('a journal is not filled', () => {
  const refusals: readonly (readonly [string, (lines: string[]) => string[], string])[] = [
    [
      'from what a newer Baton wrote',
      ([first = '', ...rest]) => [first.replace('"version":1', '"version":2'), ...rest],
      'a newer Baton wrote it (format 2; this one knows 1)',
    ],
    ['from what is something else', () => ['{"Hostname":"db1"}'], 'its first line does not say'],
    ['from nothing', () => [], 'it is empty'],
    ['from what was cut off', (lines) => lines.slice(0, -1), 'it was cut off'],
    ['from what lost a line', (lines) => lines.filter((line) => !line.includes('2:bb')), 'run 2 is missing'],
    [
      'from what was edited',
      (lines) => lines.map((line) => line.replace('"anna","why"', '"bert","why"')),
      'run 2 (2:bb): record 1 was edited',
    ],
    [
      'from a torn line',
      (lines) => lines.map((line, index) => (index === 2 ? line.slice(9) : line)),
      'line 3 makes no sense',
    ],
  ];

  it.each(refusals)('%s, and nothing is changed by trying', async (_, change, because) => {
    await expect(imported(change(await exported(await aJournal())))).rejects.toThrow(because);
    const pages = await pagesOfFile(file);
    expect([await pages.extent(), await pages.facts()]).toEqual([{ runs: 0, anchors: 0 }, []]);
    await pages.close();
  });

  it('where it holds something already', async () => {
    const lines = await exported(await aJournal());
    await imported(lines);
    await expect(imported(lines)).rejects.toThrow('is not empty; nothing was changed');
  });

  it('by halves: where its filling broke off the file is no journal', async () => {
    const lines = await exported(await aJournal());
    const filling = await fillFile(file);
    const full: Filling = { ...filling, finish: () => Promise.reject(new Error('the disk is full')) };
    await expect(filledFrom(() => partsIn(each(lines)), full)).rejects.toThrow('the disk is full');
    await filling.close();
    await expect(openSqliteJournal({ file })).rejects.toThrow('that broke off: remove it and do it again');
    await expect(pagesOfFile(file)).rejects.toMatchObject({ code: 'journal-broken' });
    await expect(imported(lines)).rejects.toMatchObject({ code: 'journal-unusable' });
  });
});

it('a state file that is read is neither made nor changed, and one in use is not read', async () => {
  await expect(pagesOfFile(file)).rejects.toThrow('cannot be used: there is no such file');
  const journal = await openSqliteJournal({ file });
  await journal.open(anOpening());
  await expect(pagesOfFile(file)).rejects.toThrow('is in use by');
  await journal.append('1:aa', fired, 1, 1);
  await journal.close();
});
