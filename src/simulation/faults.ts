import type { InstanceKey } from '../kernel/instance-key.ts';
import type { SeededChance } from './chance.ts';
import type { Place } from './network.ts';
import type { Manner } from './pretended-hooks.ts';
import type { World } from './world.ts';

/** One thing that may happen to a world, and how often it does among all the others. */
interface Fault {
  readonly weight: number;
  /** Answers what happened, in a few words. */
  readonly strike: (world: World, chance: SeededChance) => Promise<string> | string;
}

/** What goes wrong in chaos, and what goes right again; writes are the most frequent. */
const faults: readonly Fault[] = [
  { weight: 30, strike: write },
  { weight: 8, strike: killWriter },
  { weight: 10, strike: ({ fleet }, chance) => on(fleet.kill.bind(fleet), 'kill', anyServer(fleet, chance)) },
  {
    weight: 10,
    strike: ({ fleet }, chance) => on(fleet.restart.bind(fleet), 'restart', anyServer(fleet, chance)),
  },
  { weight: 6, strike: (world, chance) => freeze(world, anyServer(world.fleet, chance), true) },
  { weight: 8, strike: (world, chance) => freeze(world, anyServer(world.fleet, chance), false) },
  { weight: 6, strike: (world, chance) => crowd(world, anyServer(world.fleet, chance), true) },
  { weight: 8, strike: (world, chance) => crowd(world, anyServer(world.fleet, chance), false) },
  { weight: 6, strike: (world, chance) => link(world, chance, 'cut') },
  { weight: 8, strike: (world, chance) => link(world, chance, 'heal') },
  { weight: 12, strike: lag },
  { weight: 12, strike: hold },
  { weight: 4, strike: breakStatement },
  { weight: 4, strike: mend },
  { weight: 3, strike: (world) => behave(world, 1) },
  { weight: 3, strike: (world) => behave(world, 'hangs') },
  { weight: 6, strike: (world) => behave(world, 'works') },
  { weight: 2, strike: forgetHooks },
  { weight: 6, strike: die },
  { weight: 12, strike: (world, chance) => dieLater(world, 1 + chance.below(40)) },
  { weight: 16, strike: startAgain },
];

/** Lets one thing happen, and says what it was. */
export async function strike(world: World, chance: SeededChance): Promise<string> {
  const total = faults.reduce((sum, { weight }) => sum + weight, 0);
  let left = chance.below(total);
  const chosen = faults.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return chosen === undefined ? 'nothing' : chosen.strike(world, chance);
}

/** An application writes to whoever takes it. */
function write({ fleet }: World, chance: SeededChance): string {
  const count = 1 + chance.below(5);
  for (const { key } of fleet.servers) {
    if (fleet.write(key) !== null) continue;
    for (let more = 1; more < count; more += 1) fleet.write(key);
    return `write ${count} ${key}`;
  }
  return 'nobody takes a write';
}

function killWriter({ fleet }: World): string {
  const writer = fleet.servers.find(({ alive, readOnly }) => alive && !readOnly);
  if (writer === undefined) return 'nobody takes a write';
  fleet.kill(writer.key);
  return `kill ${writer.key}`;
}

function on(how: (key: InstanceKey) => void, words: string, key: InstanceKey): string {
  how(key);
  return `${words} ${key}`;
}

function behave({ hooks }: World, manner: Manner): string {
  hooks.behave('PreFailoverProcesses', { manner });
  return `each PreFailover hook ${manner}`;
}

function forgetHooks({ hooks }: World): string {
  hooks.forget();
  return 'nobody knows any more how hooks ended';
}

function die(world: World): string {
  world.die();
  return 'the controller dies';
}

function freeze({ fleet }: World, key: InstanceKey, frozen: boolean): string {
  fleet.change(() => {
    fleet.server(key).frozen = frozen && fleet.server(key).alive;
  });
  return `${frozen ? 'freeze' : 'thaw'} ${key}`;
}

function crowd({ fleet }: World, key: InstanceKey, crowded: boolean): string {
  fleet.change(() => {
    fleet.server(key).crowded = crowded && fleet.server(key).alive;
  });
  return `${crowded ? 'crowd' : 'uncrowd'} ${key}`;
}

function link({ fleet }: World, chance: SeededChance, how: 'cut' | 'heal'): string {
  const places: Place[] = ['baton', ...fleet.servers.map(({ key }) => key)];
  const [from = 'baton', to = 'baton'] = [pick(places, chance), pick(places, chance)];
  fleet.change(() => fleet.network[how](from, to));
  return `${how} ${from} ${to}`;
}

function lag({ fleet }: World, chance: SeededChance): string {
  const key = anyServer(fleet, chance);
  const lagMs = chance.happens(20) ? Number.POSITIVE_INFINITY : chance.below(6_000);
  fleet.change(() => {
    const { replication } = fleet.server(key);
    if (replication !== null) replication.lagMs = lagMs;
  });
  return `lag ${key} ${lagMs}`;
}

function hold({ fleet }: World, chance: SeededChance): string {
  const key = anyServer(fleet, chance);
  const held = chance.happens(50);
  fleet.change(() => {
    const { replication } = fleet.server(key);
    if (replication !== null) replication.held = held;
  });
  return `${held ? 'hold' : 'release'} ${key}`;
}

const statements = [
  'STOP SLAVE IO_THREAD',
  'START SLAVE IO_THREAD',
  'RESET SLAVE ALL',
  'SET GLOBAL read_only = 0',
  'SET GLOBAL read_only = 1',
  'CHANGE MASTER TO …',
];

function breakStatement({ fleet }: World, chance: SeededChance): string {
  const [key, words] = [anyServer(fleet, chance), pick(statements, chance) ?? ''];
  fleet.server(key).broken.add(words);
  return `break ${key} ${words}`;
}

function mend({ fleet }: World, chance: SeededChance): string {
  const key = anyServer(fleet, chance);
  fleet.server(key).broken.clear();
  return `mend ${key}`;
}

function dieLater(world: World, records: number): string {
  world.dieAfter(records);
  return `the controller dies ${records} records later`;
}

async function startAgain(world: World): Promise<string> {
  if (world.controller !== null) return 'the controller lives';
  await world.start();
  return 'the controller is started';
}

function anyServer({ servers }: World['fleet'], chance: SeededChance): InstanceKey {
  const server = pick(servers, chance);
  if (server === undefined) throw new RangeError('there is no server to choose from');
  return server.key;
}

function pick<T>(list: readonly T[], chance: SeededChance): T | undefined {
  return list[chance.below(list.length)];
}
