import { expect, it } from 'vitest';
import { keptMsOf, Retention } from '../../src/controller/retention.ts';
import type { ArchivedJournal } from '../../src/journal/archive.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { anOpening, ended, verified } from '../journal/contract.ts';
import { examined } from '../config/given.ts';

const now = 1_000_000;
const clock: Clock = { now: () => now, monotonic: () => now, sleep: async () => {} };
const signal = new AbortController().signal;

function retentionOf(journal: ArchivedJournal, told: string[] = []): Retention {
  const tell = (sentence: string) => told.push(sentence);
  return new Retention({ journal, clock, teller: { tell, warn: tell }, keptMs: 1_000, token: () => 1 });
}

/** So many recoveries of `shop`, all ended long ago. */
async function oldRuns(count: number): Promise<ArchivedJournal> {
  const journal = memoryJournal();
  for (let number = 1; number <= count; number += 1) {
    const uid = `${number}:${number.toString(16)}`;
    await journal.open(anOpening({ uid, at: number }));
    await journal.append(uid, ended, number, 1);
  }
  return journal;
}

const numbersIn = async (journal: ArchivedJournal) =>
  (await journal.heads(0, 1_000)).map(({ number }) => number);

it('runs that ended long ago are left out, but for the newest of each workflow of a cluster', async () => {
  const journal = await oldRuns(130);
  const told: string[] = [];
  expect(await retentionOf(journal, told).pass(signal)).toBe(110);
  expect(await numbersIn(journal)).toEqual(Array.from({ length: 20 }, (_, index) => 111 + index));
  expect(told).toEqual(['110 old runs were left out of the journal']);
  expect(await verified(journal)).toMatchObject({ runs: 20, leftOut: 110, faults: [] });
  expect(await retentionOf(journal).pass(signal)).toBe(0);
});

it('what ended not so long ago stays, and so does what goes on', async () => {
  const journal = await oldRuns(30);
  await journal.open(anOpening({ uid: '31:1f', subject: 'billing', at: 31 }));
  await journal.open(anOpening({ uid: '32:20', at: 32 }));
  await journal.append('32:20', ended, now - 999, 1);
  await retentionOf(journal).pass(signal);
  expect(await numbersIn(journal)).toEqual([
    12,
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
    ...Array.from({ length: 12 }, (_, index) => 21 + index),
  ]);
});

it('what a run that goes on speaks of stays, or what is remembered', async () => {
  const journal = await oldRuns(30);
  await journal.open(anOpening({ uid: 'return/31:1f', subject: 'billing', input: { recovery: '3:3' } }));
  await journal.keep('inventory', 'db1:3306', { replaced: { recovery: '5:5' } });
  await journal.keep('leftBehind', 'detection/7:7 PostFailoverProcesses 0', {});
  await retentionOf(journal).pass(signal);
  expect((await numbersIn(journal)).slice(0, 4)).toEqual([3, 5, 7, 11]);
});

it('nothing is left out while another leads', async () => {
  const journal = await oldRuns(30);
  const options = { journal, clock, teller: { tell() {}, warn() {} }, keptMs: 1_000 };
  expect(await new Retention({ ...options, token: () => null }).pass(signal)).toBe(0);
  expect(await numbersIn(journal)).toHaveLength(30);
});

it('a run stays for as long as any gate looks back, and for ever where that is wanted', async () => {
  const keptBy = async (file: object) => {
    const { config } = await examined(file);
    return config === null ? null : keptMsOf(config);
  };
  expect(await keptBy({})).toBe(90 * 86_400_000);
  expect(await keptBy({ JournalRetentionDays: 1, RecoveryPeriodBlockSeconds: 7 * 86_400 })).toBe(
    7 * 86_400_000,
  );
  expect(await keptBy({ JournalRetentionDays: 0 })).toBe(Number.POSITIVE_INFINITY);
});
