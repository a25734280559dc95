import { expect, it, vi } from 'vitest';
import { followedJournal } from '../../../src/controller/followed-journal.ts';
import { type Word, Words, wordWorkflow } from '../../../src/controller/kept/words.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { leadingAlone } from '../../../src/leadership/alone.ts';
import { VirtualClock } from '../../../src/simulation/clock.ts';

const word: Word = {
  type: 'tag',
  instance: 'b:1',
  cluster: null,
  by: 'ann',
  why: 'the new shelf',
  says: 'b:1 is tagged.',
};

function someWords() {
  const journal = memoryJournal();
  const clock = new VirtualClock(async () => {});
  return { journal, words: new Words({ journal, clock, lease: { token: 1, remainingMs: () => 1_000 } }) };
}

const ends = async (journal: ReturnType<typeof memoryJournal>) =>
  (await journal.list({ workflow: wordWorkflow, limit: 9 })).map(({ end }) => end?.state ?? null);

it('a word stands in the journal before it holds, and ends there with what came of it', async () => {
  const { journal, words } = someWords();
  await words.say(word, async () => expect(await ends(journal)).toEqual([null]));
  expect(await ends(journal)).toEqual(['kept']);
  const failing = words.say(word, () => Promise.reject(new Error('the disk is full')));
  await expect(failing).rejects.toThrow('the disk is full');
  expect(await ends(journal)).toEqual(['failed', 'kept']);
});

it('the same word, said twice in one moment, is two', async () => {
  const { journal, words } = someWords();
  await Promise.all([words.say(word, async () => {}), words.say(word, async () => {})]);
  expect(await ends(journal)).toEqual(['kept', 'kept']);
});

it('a word over which the controller died is ended by the next one', async () => {
  const { journal, words } = someWords();
  void words.say(word, () => new Promise(() => {}));
  expect(await words.settle(await journal.unfinished())).toEqual([]);
  expect(await ends(journal)).toEqual(['interrupted']);
});

it('nothing is said to a controller that follows', async () => {
  const { journal } = someWords();
  const leadership = leadingAlone(journal, { name: 'baton', since: 0 });
  const clock = new VirtualClock(async () => {});
  const lease = { token: 0, remainingMs: () => 0 };
  const words = new Words({ journal: followedJournal(journal, leadership), clock, lease });
  const change = vi.fn<() => Promise<void>>();
  await expect(words.say(word, change)).rejects.toMatchObject({ code: 'not-leader' });
  expect(change).not.toHaveBeenCalled();
});
