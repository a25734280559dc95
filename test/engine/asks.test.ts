import { expect, it } from 'vitest';
import type { Ask } from '../../src/engine/asks.ts';
import { ledgerOf } from '../../src/engine/ledger.ts';
import { aBook } from './a-book.ts';

const { signal } = new AbortController();

it('each of several hooks that wait gets a person’s word of its own, and none gets two', async () => {
  const book = aBook();
  const ledger = ledgerOf(book);
  const waiting = [1, 2].map((seq) => ledger.ask(seq, 10_000, signal, () => {}));
  await Promise.resolve();
  const [first, second] = [...book.asks];
  await second?.answer('skip', 'ann', 'seen');
  await expect(second?.answer('fail', 'bob', 'seen too')).rejects.toMatchObject({ code: 'nothing-asked' });
  await first?.answer('rerun', 'ann', 'seen');
  expect(await Promise.all(waiting)).toEqual(['rerun', 'skip']);
  expect(book.asks.size).toBe(0);
});

it('a word that could not be written down may be given again', async () => {
  const book = aBook();
  let isFull = true;
  const ledger = ledgerOf({
    ...book,
    append: (entry) =>
      entry.kind === 'approved' && isFull
        ? Promise.reject(new Error('the disk is full'))
        : book.append(entry),
  });
  const waiting = ledger.ask(1, 10_000, signal, () => {});
  await Promise.resolve();
  const [ask]: Ask[] = [...book.asks];
  await expect(ask?.answer('skip', 'ann', 'seen')).rejects.toThrow('the disk is full');
  isFull = false;
  await ask?.answer('skip', 'ann', 'seen');
  expect(await waiting).toBe('skip');
});

it('nobody is asked any more once the waiting is over', async () => {
  const book = aBook();
  const leaving = new AbortController();
  const waiting = ledgerOf(book).ask(1, 10_000, leaving.signal, () => {});
  await Promise.resolve();
  expect(book.asks.size).toBe(1);
  leaving.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  expect(book.asks.size).toBe(0);
});
