import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { named } from '../../src/simulation/names.ts';
import { World } from '../../src/simulation/world.ts';

/** As many as a few seconds allow; RETURNS_LIVES asks for more. */
const lives = Number(process.env['RETURNS_LIVES'] ?? 40);
const a = named('a');
const stepMs = 10;

/** Three ways to lose a primary, and to find it again as it was: writable. */
const troubles = [
  { lose: (world: World) => world.fleet.kill(a), find: (world: World) => world.fleet.restart(a) },
  { lose: (world: World) => isFrozen(world, true), find: (world: World) => isFrozen(world, false) },
  { lose: (world: World) => isCutOff(world, true), find: (world: World) => isCutOff(world, false) },
] as const;

function isFrozen({ fleet }: World, frozen: boolean): void {
  fleet.change(() => (fleet.server(a).frozen = frozen));
}

function isCutOff({ fleet }: World, cut: boolean): void {
  const others = ['baton', ...fleet.servers.map(({ key }) => key).filter((key) => key !== a)] as const;
  fleet.change(() => {
    for (const place of others) fleet.network[cut ? 'cut' : 'heal'](a, place as InstanceKey);
  });
}

/** For how long at a stretch Baton could reach the old primary while it took writes beside another. */
async function longestTogether(world: World, forMs: number): Promise<number> {
  let [longest, since] = [0, null as number | null];
  for (let waited = 0; waited < forMs; waited += stepMs) {
    await world.clock.advance(stepMs);
    const together = world.fleet.writable(a).length > 1 && world.fleet.echo('baton', a) === 'answers';
    since = together ? (since ?? world.clock.now()) : null;
    if (since !== null) longest = Math.max(longest, world.clock.now() - since);
  }
  return longest;
}

it(`a replaced primary that comes back writable, whenever it does, takes none after a probe interval and 200 ms (P3), in ${lives} lives`, {
  timeout: lives * 2_000,
}, async () => {
  let met = 0;
  for (let seed = 1; seed <= lives; seed += 1) {
    const chance = new SeededChance(seed);
    const world = new World(() => setImmediate(), {
      seed,
      flavour: chance.happens(50) ? 'mysql' : 'mariadb',
    });
    world.config = {
      ...world.config,
      ProbeIntervalMilliseconds: 200 + chance.below(1_300),
      DetectionConfirmMilliseconds: chance.below(1_000),
      RejoinReplacedPrimary: chance.happens(50) ? 'automatic' : 'offer',
    };
    world.fleet.add(a, null);
    for (const name of ['b', 'c', 'd'].slice(0, 2 + chance.below(2))) world.fleet.add(named(name), a);
    world.fleet.write(a);
    await world.start();
    const trouble = troubles[chance.below(troubles.length)] ?? troubles[0];
    trouble.lose(world);
    await world.clock.advance(chance.below(12_000));
    trouble.find(world);
    const together = await longestTogether(world, 8_000);
    if (together > 0) met += 1;
    const allowed = world.config.ProbeIntervalMilliseconds + 200;
    expect({ seed, isInTime: together <= allowed, together, allowed }).toMatchObject({ isInTime: true });
    expect({ seed, writable: world.fleet.writable(a).length }).toEqual({ seed, writable: 1 });
  }
  // The others came back before anybody was promoted.
  expect(met).toBeGreaterThan(lives / 4);
});
