import { expect, it } from 'vitest';
import { followLeftBehind } from '../../src/controller/left-behind.ts';
import { leftBehindRoom } from '../../src/engine/ledger.ts';
import type { Hooks } from '../../src/engine/ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { stillClock } from '../engine/a-book.ts';

it('says that it cannot follow a hook that another build left behind, and goes on', async () => {
  const journal = memoryJournal();
  await journal.keep(leftBehindRoom, 'theirs', { uid: '1:ab', stage: 'OnFullMoon', index: 0 });
  const warned: string[] = [];
  const nothing = () => Promise.reject(new Error('nothing is to be run'));
  const hooks: Hooks = {
    has: () => true,
    runStage: nothing,
    followLeftBehind: nothing,
    runCommand: nothing,
  };
  const world = {
    journal,
    clock: stillClock(),
    lease: { token: 1, remainingMs: () => 1 },
    teller: { tell: () => {}, warn: (sentence: string) => void warned.push(sentence) },
    servers: { look: async () => [], act: async () => {} },
    lookTimeoutMs: 1,
  };
  await followLeftBehind(world, hooks, new AbortController().signal);
  expect(warned).toEqual([expect.stringContaining('what came of a hook cannot be recorded')]);
});
