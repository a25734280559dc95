import { expect, it } from 'vitest';
import { HookList } from '../../src/config/hook.ts';
import type { SoleJournal } from '../../src/engine/ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { PretendedHooks } from '../../src/simulation/pretended-hooks.ts';
import { aController, aFleet } from './a-controller.ts';

it('tells that a failure is over although the journal could not take that at first (P1)', async () => {
  const { clock, fleet } = aFleet('b');
  const runner = new PretendedHooks(clock);
  const hooks = {
    OnFailureDetectionProcesses: HookList.parse(['page']),
    OnAllClearProcesses: HookList.parse(['all-clear']),
  };
  const journal = memoryJournal();
  let refusals = 2;
  const frail: SoleJournal = {
    ...journal,
    async open(opening) {
      if (opening.workflow !== 'all-clear' || refusals === 0) return journal.open(opening);
      refusals -= 1;
      throw new Error('the disk is full');
    },
  };
  await aController({ clock, fleet }, hooks, { journal: frail, runner });
  await clock.advance(1_000);
  fleet.change(() => fleet.network.cut('baton', 'a:1'));
  await clock.advance(10_000);
  fleet.change(() => fleet.network.heal('baton', 'a:1'));
  await clock.advance(120_000);
  expect(refusals).toBe(0);
  expect(runner.started.map(({ stage }) => stage)).toEqual([
    'OnFailureDetectionProcesses',
    'OnAllClearProcesses',
  ]);
});
