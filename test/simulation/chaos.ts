import { setImmediate } from 'node:timers/promises';
import { Auditor } from '../../src/simulation/auditor.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { keys } from '../../src/config/keys.ts';
import { strike } from '../../src/simulation/faults.ts';
import { named } from '../../src/simulation/names.ts';
import { World } from '../../src/simulation/world.ts';

const breathe = () => setImmediate();

const hooks = ['one {failedHost}', 'two {successorHost}'];
const stages = [
  'OnFailureDetectionProcesses',
  'PreFailoverProcesses',
  'PostMasterFailoverProcesses',
  'PostFailoverProcesses',
  'PostUnsuccessfulFailoverProcesses',
] as const;

/** A random fleet, a random life, and two minutes in which nothing more happens to it. */
export async function live(
  seed: number,
): Promise<{ world: World; breaches: readonly string[]; happened: readonly string[] }> {
  const chance = new SeededChance(seed);
  const world = new World(breathe, { seed, flavour: chance.happens(30) ? 'mysql' : 'mariadb' });
  const auditor = new Auditor(world);
  found(world, chance);
  await world.start();
  const happened: string[] = [];
  for (let event = 0; event < 30; event += 1) {
    happened.push(`${(world.clock.monotonic() / 1_000).toFixed(3)} ${await strike(world, chance)}`);
    auditor.changed();
    await world.clock.advance(chance.happens(40) ? chance.below(50) : chance.below(3_000));
  }
  for (const stage of stages) world.hooks.behave(stage, { manner: 'works' });
  world.dieAfter(Number.POSITIVE_INFINITY);
  if (world.controller === null) await world.start();
  await world.clock.advance(120_000);
  await auditor.close();
  return { world, breaches: auditor.breaches, happened };
}

function found(world: World, chance: SeededChance): void {
  const replicas = ['b', 'c', 'd', 'e'].slice(0, 1 + chance.below(4));
  world.fleet.add(named('a'), null);
  for (const name of replicas) {
    const below = name === 'e' && chance.happens(50) ? 'b' : 'a';
    world.fleet.add(named(name), named(below));
    const { replication } = world.fleet.server(named(name));
    if (replication !== null && chance.happens(50)) replication.lagMs = chance.below(20_000);
  }
  const lists = Object.fromEntries(stages.map((stage) => [stage, keys[stage].schema.parse(hooks)]));
  world.config = {
    ...world.config,
    ...lists,
    HookTimeoutSeconds: 5,
    DetectionConfirmMilliseconds: chance.below(3_000),
    RecoveryPeriodBlockSeconds: chance.below(60),
    PromotionIgnoreHostnameFilters: chance.happens(20) ? ['^c:'] : [],
  };
}
