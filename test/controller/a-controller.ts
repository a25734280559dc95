import { setImmediate } from 'node:timers/promises';
import { type Config, defaultConfig } from '../../src/config/keys.ts';
import { hooksOfConfig } from '../../src/controller/hooks-of-config.ts';
import type { Renewal } from '../../src/controller/life.ts';
import { type Controller, startOnPorts } from '../../src/controller/on-ports.ts';
import type { Leadership, Publisher, SoleJournal } from '../../src/engine/ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { leadingAlone, noColleagues } from '../../src/leadership/alone.ts';
import { noSignals } from '../../src/signals/none.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';
import { FleetServers } from '../../src/simulation/fleet-servers.ts';
import { Fleet } from '../../src/simulation/fleet.ts';
import { Lifeline } from '../../src/simulation/lifeline.ts';
import { PretendedHooks } from '../../src/simulation/pretended-hooks.ts';

/** A primary a:1 and its replicas, on a clock of their own. */
export function aFleet(...replicas: readonly string[]): { clock: VirtualClock; fleet: Fleet } {
  const clock = new VirtualClock(() => setImmediate());
  const fleet = new Fleet(clock);
  fleet.add('a:1', null);
  for (const name of replicas) fleet.add(`${name}:1`, 'a:1');
  return { clock, fleet };
}

/** A controller of that fleet, with a journal of its own unless it is given one. */
export async function aController(
  { clock, fleet }: { clock: VirtualClock; fleet: Fleet },
  given: Partial<Config>,
  {
    journal = memoryJournal(),
    runner = new PretendedHooks(clock),
    publisher = null,
    leadership = leadingAlone(journal, { name: 'baton', since: 0 }),
  }: {
    journal?: SoleJournal;
    runner?: PretendedHooks;
    publisher?: Publisher | null;
    leadership?: Leadership;
  } = {},
): Promise<Controller> {
  const ports = portsOf({ clock, fleet }, given, runner);
  let controller: Controller | null = null;
  void startOnPorts({
    ...ports,
    journal,
    meter: { ended() {} },
    colleagues: noColleagues,
    signals: noSignals,
    leadership,
    teller: { tell: () => {}, warn: () => {} },
    clock,
    chance: new SeededChance(1),
    hostname: 'baton',
    evidence: { keep: async (name) => name },
    publisher,
  }).then((started) => {
    controller = started;
  });
  while (controller === null) await clock.advance(1);
  return controller as Controller;
}

/** What a configuration makes of that fleet. */
export function portsOf(
  { clock, fleet }: { clock: VirtualClock; fleet: Fleet },
  given: Partial<Config>,
  runner: PretendedHooks,
): Renewal {
  const config: Config = { ...defaultConfig, DiscoverySeeds: ['a:1'], ...given };
  return {
    config,
    hooks: hooksOfConfig(config, { runner, clock }),
    connect: (onLost) => new FleetServers(fleet, { clock, life: new Lifeline(), onLost }),
  };
}
