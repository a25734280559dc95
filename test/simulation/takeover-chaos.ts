import { setImmediate } from 'node:timers/promises';
import { keys } from '../../src/config/keys.ts';
import { Auditor } from '../../src/simulation/auditor.ts';

import { SeededChance } from '../../src/simulation/chance.ts';
import { named } from '../../src/simulation/names.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { World } from '../../src/simulation/world.ts';
import { takeover } from '../../workflows/takeover.ts';
import { RecoveryOutcome } from '../../workflows/recovery.ts';

const breathe = () => setImmediate();
const [old, heir] = [named('a'), named('b')];
const stages = [
  'PreGracefulTakeoverProcesses',
  'PreFailoverProcesses',
  'PostGracefulTakeoverProcesses',
] as const;
const statements = [
  'STOP SLAVE',
  'RESET SLAVE ALL',
  'SET GLOBAL read_only = 0',
  'SET GLOBAL read_only = 1',
  'CHANGE MASTER TO …',
  'KILL …',
];

/** A planned takeover in a random fleet under load, in the middle of which one to three things go wrong. */
export async function takeOver(
  seed: number,
): Promise<{ end: string | null; breaches: readonly string[]; happened: readonly string[] }> {
  const chance = new SeededChance(seed);
  const world = new World(breathe, { seed, flavour: chance.happens(50) ? 'mysql' : 'mariadb' });
  const auditor = new Auditor(world);
  found(world, chance);
  await world.start();
  await world.clock.advance(2_000);
  writeTo(world, 1 + chance.below(10));
  const asked = world.controller?.requests.takeover(old, { to: heir, auto: false, by: 'ann', why: 'chaos' });
  asked?.catch(() => {});
  const happened: string[] = [];
  for (let left = 1 + chance.below(3); left > 0; left -= 1) {
    await world.clock.advance(chance.below(60));
    writeTo(world, chance.below(3));
    happened.push(`${(world.clock.monotonic() / 1_000).toFixed(3)} ${strike(world, chance)}`);
    auditor.changed();
  }
  await world.clock.advance(3_000);
  world.dieAfter(Number.POSITIVE_INFINITY);
  if (world.controller === null) await world.start();
  await world.clock.advance(60_000);
  await auditor.close();
  const [run] = await world.journal.list({ workflow: takeover.name, limit: 1 });
  const end = run?.end?.state ?? null;
  const outcome = RecoveryOutcome.safeParse(run?.end?.output).data ?? null;
  return { end, breaches: [...auditor.breaches, ...breachesIn(world, end, outcome)], happened };
}

function found(world: World, chance: SeededChance): void {
  world.fleet.add(old, null);
  for (const name of ['b', 'c', 'd'].slice(0, 1 + chance.below(3))) {
    world.fleet.add(named(name), old);
    const { replication } = world.fleet.server(named(name));
    if (replication !== null && chance.happens(50)) replication.lagMs = chance.below(900);
  }
  const lists = Object.fromEntries(
    stages.map((stage) => [stage, keys[stage].schema.parse(['one {successorHost}'])]),
  );
  world.config = {
    ...world.config,
    ...lists,
    HookCompatibility: chance.happens(30) ? 'strict' : 'sane',
    RecoverMasterClusterFilters: [],
  };
  if (chance.happens(20)) world.hooks.behave('PreFailoverProcesses', { manner: 1 });
}

function writeTo({ fleet }: World, count: number): void {
  for (const { key } of fleet.servers)
    for (let n = 0; n < count; n += 1) if (fleet.write(key) !== null) break;
}

function strike(world: World, chance: SeededChance): string {
  const { fleet } = world;
  const { key } = fleet.servers[chance.below(fleet.servers.length)] ?? fleet.server(old);
  const kind = chance.below(5);
  if (kind === 0) fleet.kill(key);
  else if (kind === 1) fleet.change(() => fleet.network.cut('baton', key));
  else if (kind === 2) fleet.server(key).broken.add(statements[chance.below(statements.length)] ?? '');
  else if (kind === 3) world.die();
  else world.dieAfter(1 + chance.below(30));
  return `${['kill', 'cut off', 'break', 'controller dies', 'controller dies later'][kind]} ${key}`;
}

/** What is wrong in the end with who takes writes, what was lost, and what was said of it. */
function breachesIn(
  { fleet }: World,
  end: string | null,
  outcome: { successor: InstanceKey | null; reason: string | null } | null,
): string[] {
  const writers = fleet.writable(old);
  const breaches = fleet.doubled.map(
    ({ servers, after }) => `${servers.join(' and ')} took writes after ${after}`,
  );
  if (outcome?.successor != null && fleet.missing(outcome.successor).length > 0)
    breaches.push(
      `${outcome.successor} lacks ${fleet.missing(outcome.successor).length} acknowledged writes`,
    );
  if (end === 'putBack' || end === 'refused') {
    if (fleet.server(old).alive && writers.join() !== old)
      breaches.push(`${end}, and writes go to ${writers.join()}`);
    const astray = fleet.servers.filter(
      ({ key, replication, alive }) => alive && key !== old && replication?.source !== old,
    );
    breaches.push(...astray.map(({ key }) => `${end}, and ${key} does not replicate from ${old}`));
  }
  if (end === 'failed' && !(outcome?.reason ?? '').includes('not put back'))
    breaches.push(`failed without a word of what was not put back: ${outcome?.reason}`);
  return breaches;
}
