import { expect, it } from 'vitest';
import { followLeftBehind } from '../../src/controller/left-behind.ts';
import { leftBehindRoom } from '../../src/engine/ledger.ts';
import type { Hooks } from '../../src/engine/ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { stillClock } from '../engine/a-book.ts';

/** A world of a journal in which something was left behind, and what is warned of in it. */
async function aWorld(left: { uid: string; stage: string; index: number }) {
  const journal = memoryJournal();
  await journal.keep(leftBehindRoom, Object.values(left).join(' '), left);
  const warned: string[] = [];
  const world = {
    journal,
    clock: stillClock(),
    lease: { token: 1, remainingMs: () => 1 },
    teller: { tell: () => {}, warn: (sentence: string) => void warned.push(sentence) },
    servers: { look: async () => [], act: async () => [] },
    lookTimeoutMs: 1,
  };
  return { world, warned };
}

const nothing = () => Promise.reject(new Error('nothing is to be run'));
const hooks: Hooks = { has: () => true, runStage: nothing, followLeftBehind: nothing, runCommand: nothing };

it('says that it cannot follow a hook that another build left behind, and goes on', async () => {
  const { world, warned } = await aWorld({ uid: '1:ab', stage: 'OnFullMoon', index: 0 });
  await followLeftBehind(world, hooks, new AbortController().signal);
  expect(warned).toEqual([expect.stringContaining('what came of a hook cannot be recorded')]);
});

it('asks again what was left behind where the journal does not answer for a moment', async () => {
  const { world, warned } = await aWorld({ uid: '1:ab', stage: 'PostFailoverProcesses', index: 0 });
  const kept = (room: string) => world.journal.kept(room);
  let refusals = 2;
  const keptAtLast = async (room: string) => {
    refusals -= 1;
    if (refusals >= 0) throw new Error('etcd did not answer');
    return kept(room);
  };
  const sleep = async () => {};
  const busy = {
    ...world,
    journal: { ...world.journal, kept: keptAtLast },
    clock: { ...world.clock, sleep },
  };
  await followLeftBehind(busy, hooks, new AbortController().signal);
  expect(warned).toEqual([expect.stringContaining('cannot be read yet: etcd did not answer')]);
  // It is of a run that nobody knows, so that it is dropped: it was read after all.
  expect(await kept(leftBehindRoom)).toEqual(new Map());
});
