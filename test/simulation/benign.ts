import { setImmediate } from 'node:timers/promises';
import { recovery } from '../../workflows/recovery.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { SeededChance } from '../../src/simulation/chance.ts';
import { moment, named } from '../../src/simulation/names.ts';
import { World } from '../../src/simulation/world.ts';
import { type Life, trifle } from './trifles.ts';

const breathe = () => setImmediate();
const primary = named('a');
const trifles = 12;
/** Longer than any replica waits before it tries again, and than a controller needs to see that all is well. */
const settlesWithinMs = 15_000;

/** A random fleet whose primary lives, whatever else happens, and is never out of everybody's sight for the confirmation time. */
export async function liveBenignly(
  seed: number,
): Promise<{ world: World; breaches: readonly string[]; happened: readonly string[] }> {
  const chance = new SeededChance(seed);
  const world = new World(breathe, { seed, flavour: chance.happens(50) ? 'mysql' : 'mariadb' });
  found(world, chance);
  await world.start();
  const replicas = world.fleet.servers.map(({ key }) => key).filter((key) => key !== primary);
  const life: Life = { world, chance, primary, replicas, stopped: new Set(), isCutOff: false };
  const happened: string[] = [];
  for (let each = 0; each < trifles; each += 1) {
    const began = world.clock.monotonic();
    happened.push(`${(began / 1_000).toFixed(3)} ${await trifle(life)}`);
    await world.clock.advance(chance.happens(40) ? chance.below(50) : chance.below(3_000));
    if (world.controller === null && chance.happens(70)) await world.start();
  }
  await healAll(world);
  await world.clock.advance(settlesWithinMs);
  return { world, breaches: await breachesIn(life), happened };
}

function found(world: World, chance: SeededChance): void {
  world.fleet.add(primary, null);
  for (const name of ['b', 'c', 'd', 'e'].slice(0, 1 + chance.below(4))) {
    world.fleet.add(named(name), primary);
    const { replication } = world.fleet.server(named(name));
    if (replication === null) continue;
    replication.patienceMs = 1_000 * (4 + chance.below(57));
    replication.lagMs = chance.happens(50) ? chance.below(20_000) : 0;
  }
  world.config = {
    ...world.config,
    DetectionConfirmMilliseconds: 300 + chance.below(2_701),
    ProbeIntervalMilliseconds: 200 + chance.below(1_801),
    ProbeTimeoutMilliseconds: 200 + chance.below(1_301),
  };
}

/** Everybody can be reached again, and replicates who did so before. */
async function healAll(world: World): Promise<void> {
  const { fleet } = world;
  const places = ['baton', ...fleet.servers.map(({ key }) => key)] as const;
  for (const { key, alive } of fleet.servers) {
    if (!alive) fleet.restart(key);
    fleet.change(() => {
      for (const place of places) fleet.network.heal(place, key);
      Object.assign(fleet.server(key), { frozen: false, crowded: false });
    });
  }
  await world.goOn();
  world.dieAfter(Number.POSITIVE_INFINITY);
  if (world.controller === null) await world.start();
}

async function breachesIn({ world, replicas, stopped }: Life): Promise<readonly string[]> {
  const { fleet, journal } = world;
  const recoveries = await journal.list({ workflow: recovery.name, limit: 10 });
  const begun = recoveries.map(
    ({ opening, end }) =>
      `a recovery was begun at ${moment(opening.at).trim()} and ${end?.state ?? 'goes on'}`,
  );
  const lost = replicas
    .filter((key) => !stopped.has(key))
    .flatMap((key) => lostReplication(key, fleet) ?? []);
  const unfinished = (await journal.unfinished()).map(({ uid }) => `${uid} never ended`);
  return [...begun, ...lost, ...unfinished];
}

function lostReplication(key: InstanceKey, fleet: World['fleet']): string | null {
  const { replication } = fleet.server(key);
  if (replication === null) return `${key} does not replicate any more`;
  if (replication.io !== 'running') return `the receiving thread of ${key} is ${replication.io}`;
  return replication.applying ? null : `${key} does not apply any more`;
}
