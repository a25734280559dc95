import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { builtTwin } from '../../src/process/built.ts';
import { verified } from '../journal/contract.ts';

/** 500 is what the promise is about; `BATON_JOURNAL_KILLS=500` tries it. */
const kills = Number(process.env['BATON_JOURNAL_KILLS'] ?? 40);
/** Files that are written to at once. */
const lanes = 4;
const program = fileURLToPath(
  builtTwin(new URL('../processes/append-until-killed.ts', import.meta.url).href),
);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-kills-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Lets a process append, and kills it so long after its first record. Gives what it found, and what it was told is kept. */
async function killed(
  file: string,
  round: number,
  afterMs: number,
): Promise<{ before: number; kept: number }> {
  const child = spawn(process.execPath, [program, file, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
    said += text;
  });
  await once(child, 'close');
  const numbers = (word: string) =>
    [...said.matchAll(new RegExp(`^${word} (\\d+)\\n`, 'gm'))].map(([, number]) => Number(number));
  return { before: numbers('before')[0] ?? -1, kept: Math.max(0, ...numbers('kept')) };
}

async function lane(number: number): Promise<number> {
  const file = join(folder, `${number}.sqlite`);
  let total = 0;
  let last = 0;
  for (let round = 1; round <= Math.ceil(kills / lanes); round += 1) {
    const { before, kept } = await killed(file, round, (round * 37 + number * 11) % 90);
    expect(before, `records found after the kill before round ${round}`).toBeGreaterThanOrEqual(last);
    last = kept;
    total += kept;
  }
  const journal = await openSqliteJournal({ file });
  const { faults, records } = await verified(journal);
  await journal.close();
  expect(faults).toEqual([]);
  expect(records).toBeGreaterThanOrEqual(total);
  return total;
}

it(`${kills} kills in the midst of appending lose nothing that was acknowledged, and tear nothing`, {
  timeout: kills * 3_000,
}, async () => {
  const totals = await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  expect(totals.reduce((sum, total) => sum + total)).toBeGreaterThan(kills);
});
