import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { HookList } from '../../src/config/hook.ts';
import { type Config, defaultConfig } from '../../src/config/keys.ts';
import { hooksOfConfig } from '../../src/controller/hooks-of-config.ts';
import { startOnPorts } from '../../src/controller/on-ports.ts';
import type { Journal } from '../../src/engine/ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';
import { Fleet } from '../../src/simulation/fleet.ts';
import { FleetServers } from '../../src/simulation/fleet-servers.ts';
import { Lifeline } from '../../src/simulation/lifeline.ts';
import { PretendedHooks } from '../../src/simulation/pretended-hooks.ts';

it('tells that a failure is over although the journal could not take that at first (P1)', async () => {
  const clock = new VirtualClock(() => setImmediate());
  const fleet = new Fleet(clock);
  fleet.add('a:1', null);
  fleet.add('b:1', 'a:1');
  const runner = new PretendedHooks(clock);
  const config: Config = {
    ...defaultConfig,
    DiscoverySeeds: ['a:1'],
    OnFailureDetectionProcesses: HookList.parse(['page']),
    OnAllClearProcesses: HookList.parse(['all-clear']),
  };
  const journal = memoryJournal();
  let refusals = 2;
  const frail: Journal = {
    ...journal,
    async open(opening) {
      if (opening.workflow !== 'all-clear' || refusals === 0) return journal.open(opening);
      refusals -= 1;
      throw new Error('the disk is full');
    },
  };
  const teller = { tell: () => {}, warn: () => {} };
  void startOnPorts({
    config,
    journal: frail,
    hooks: hooksOfConfig(config, { runner, clock }),
    teller,
    clock,
    chance: new SeededChance(1),
    hostname: 'baton',
    connect: (onLost) => new FleetServers(fleet, { clock, life: new Lifeline(), onLost }),
  });
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
