import { expect, it } from 'vitest';
import type { HookAnswer } from '../../src/engine/record.ts';
import { RunBook } from '../../src/engine/run-book.ts';
import { memoryJournal } from '../../src/journal/memory.ts';

const opening = {
  uid: '1:ab',
  workflow: 'recovery',
  digest: 'd',
  subject: 'c1',
  exclusive: null,
  input: {},
  at: 1,
  token: 1,
} as const;

it('takes a person’s word for each of several hooks that wait for one, the last one first', async () => {
  const journal = memoryJournal();
  await journal.open(opening);
  let now = 1_000;
  const book = new RunBook('recovery', '1:ab', {
    journal,
    clock: { now: () => now, monotonic: () => now, sleep: () => new Promise(() => {}) },
    lease: { token: 1, remainingMs: () => 1 },
    teller: { tell: () => {}, warn: () => {} },
    servers: { look: async () => [], act: async () => {} },
    lookTimeoutMs: 1,
  });
  await book.append({ kind: 'awaiting', run: 1, deadline: 1_500 });
  await book.append({ kind: 'awaiting', run: 2, deadline: 3_000 });
  await book.append({ kind: 'awaiting', run: 3, deadline: 3_000 });
  const approve = (answer: HookAnswer) => book.approve(answer, 'ann', 'seen');
  await approve('skip');
  await approve('fail');
  now = 2_000;
  await expect(approve('rerun')).rejects.toMatchObject({ code: 'nothing-asked' });
  const records = (await journal.read('1:ab'))?.records ?? [];
  expect(records.flatMap((one) => (one.kind === 'approved' ? [[one.run, one.answer]] : []))).toEqual([
    [3, 'skip'],
    [2, 'fail'],
  ]);
});
