import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { HookList } from '../../src/config/hook.ts';
import { type Config, defaultConfig } from '../../src/config/keys.ts';
import { hooksOfConfig } from '../../src/controller/hooks-of-config.ts';
import { type Controller, startOnPorts } from '../../src/controller/on-ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';
import { FleetServers } from '../../src/simulation/fleet-servers.ts';
import { Fleet } from '../../src/simulation/fleet.ts';
import { Lifeline } from '../../src/simulation/lifeline.ts';
import { PretendedHooks } from '../../src/simulation/pretended-hooks.ts';

it('leaves the hook that runs to the next controller when it stops, without an outcome (P2)', async () => {
  const clock = new VirtualClock(() => setImmediate());
  const fleet = new Fleet(clock);
  fleet.add('a:1', null);
  fleet.add('b:1', 'a:1');
  const runner = new PretendedHooks(clock);
  runner.behave('OnFailureDetectionProcesses', { takesMs: 5_000 });
  const config: Config = {
    ...defaultConfig,
    DiscoverySeeds: ['a:1'],
    OnFailureDetectionProcesses: HookList.parse(['page']),
  };
  const journal = memoryJournal();
  const teller = { tell: () => {}, warn: () => {} };
  let controller: Controller | null = null;
  void startOnPorts({
    config,
    journal,
    hooks: hooksOfConfig(config, { runner, clock }),
    teller,
    clock,
    chance: new SeededChance(1),
    hostname: 'baton',
    connect: (onLost) => new FleetServers(fleet, { clock, life: new Lifeline(), onLost }),
  }).then((started) => {
    controller = started;
  });
  while (controller === null) await clock.advance(1);
  await clock.advance(1_000);
  fleet.kill('a:1');
  await clock.advance(1_000);
  await (controller as Controller).stop();
  const [run] = await journal.unfinished();
  const kinds = (await journal.read(run?.uid ?? ''))?.records.map(({ kind }) => kind);
  expect(kinds).toEqual(['asked', 'stage', 'hook']);
  const outcome = runner.outcomeOf(runner.started[0]?.key ?? '');
  await clock.advance(10_000);
  expect(await outcome).toMatchObject({ ended: 'exited', exitCode: 0 });
});
