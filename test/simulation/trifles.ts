import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { SeededChance } from '../../src/simulation/chance.ts';
import type { World } from '../../src/simulation/world.ts';

/** A world whose primary lives, and what was done to it and not yet undone. */
export interface Life {
  readonly world: World;
  readonly chance: SeededChance;
  readonly primary: InstanceKey;
  readonly replicas: readonly InstanceKey[];
  /** Replicas whose receiving thread somebody stopped. */
  readonly stopped: Set<InstanceKey>;
  /** The controller cannot reach the primary. */
  isCutOff: boolean;
}

/** One thing that is no reason to promote anybody, and how often it happens among the others. */
interface Trifle {
  readonly weight: number;
  /** Answers what happened, in a few words; null where it cannot happen now. */
  readonly happen: (life: Life) => Promise<string | null> | string | null;
}

const trifles: readonly Trifle[] = [
  { weight: 10, happen: write },
  { weight: 8, happen: stall },
  { weight: 8, happen: hiccup },
  { weight: 5, happen: bounce },
  { weight: 5, happen: storm },
  { weight: 10, happen: cutOff },
  { weight: 6, happen: reconnect },
  { weight: 8, happen: restartReplicas },
  { weight: 6, happen: stopReceiving },
  { weight: 6, happen: startReceiving },
  { weight: 6, happen: hideReplica },
  { weight: 6, happen: isolateReplicas },
  { weight: 5, happen: lag },
  { weight: 4, happen: die },
  { weight: 6, happen: pause },
  { weight: 6, happen: pauseAmid },
];

/** Lets one thing happen from its beginning to its end, and says what it was. */
export async function trifle(life: Life): Promise<string> {
  let left = life.chance.below(trifles.reduce((sum, { weight }) => sum + weight, 0));
  const chosen = trifles.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return (await chosen?.happen(life)) ?? 'nothing';
}

function write({ world, primary }: Life): string {
  return `write ${world.fleet.write(primary) ?? 'taken'}`;
}

/** Shorter than the confirmation time; afterwards everybody has had the time to see the primary again. */
async function stall(life: Life): Promise<string> {
  const { world, primary } = life;
  const forMs = shorterThanConfirmed(life);
  world.fleet.change(() => (world.fleet.server(primary).frozen = true));
  await world.clock.advance(forMs);
  world.fleet.change(() => (world.fleet.server(primary).frozen = false));
  await breather(life);
  return `the primary stalled for ${forMs} ms`;
}

async function hiccup(life: Life): Promise<string> {
  const { world, primary, replicas, isCutOff } = life;
  const forMs = shorterThanConfirmed(life);
  const { network } = world.fleet;
  world.fleet.change(() => {
    for (const place of ['baton', ...replicas] as const) network.cut(place, primary);
  });
  await world.clock.advance(forMs);
  world.fleet.change(() => {
    for (const replica of replicas) network.heal(replica, primary);
    if (!isCutOff) network.heal('baton', primary);
  });
  await breather(life);
  return `nobody heard the primary for ${forMs} ms`;
}

/** Its process ends and is there again, as after a crash that a supervisor has seen. */
async function bounce(life: Life): Promise<string | null> {
  const { world, primary, isCutOff } = life;
  // All that anybody could see then is a primary that is gone.
  if (isCutOff) return null;
  const forMs = shorterThanConfirmed(life);
  world.fleet.kill(primary);
  await world.clock.advance(forMs);
  world.fleet.restart(primary);
  await breather(life);
  return `the primary was restarted within ${forMs} ms`;
}

async function storm(life: Life): Promise<string | null> {
  const { world, primary, chance, isCutOff } = life;
  // Its replicas cannot come back to it, and it can only tell those who reach it that it lives.
  if (isCutOff) return null;
  const forMs = chance.below(5_000);
  world.fleet.change(() => (world.fleet.server(primary).crowded = true));
  await world.clock.advance(forMs);
  world.fleet.change(() => (world.fleet.server(primary).crowded = false));
  await breather(life);
  return `the primary was crowded for ${forMs} ms`;
}

function cutOff(life: Life): string {
  life.isCutOff = true;
  life.world.fleet.change(() => life.world.fleet.network.cut('baton', life.primary));
  return 'the controller is cut off from the primary';
}

async function reconnect(life: Life): Promise<string> {
  life.isCutOff = false;
  life.world.fleet.change(() => life.world.fleet.network.heal('baton', life.primary));
  await breather(life);
  return 'the controller reaches the primary again';
}

async function restartReplicas(life: Life): Promise<string> {
  const { world, chance } = life;
  const some = someReplicas(life);
  for (const replica of some) world.fleet.kill(replica);
  const forMs = chance.below(2_000);
  await world.clock.advance(forMs);
  for (const replica of some) {
    world.fleet.restart(replica);
    life.stopped.delete(replica);
  }
  return `${some.join(', ')} restarted within ${forMs} ms`;
}

function stopReceiving(life: Life): string {
  const some = someReplicas(life);
  for (const replica of some) {
    life.stopped.add(replica);
    setReceiving(life, replica, 'stopped');
  }
  return `somebody stopped replication on ${some.join(', ')}`;
}

function startReceiving(life: Life): string {
  const some = [...life.stopped];
  for (const replica of some) setReceiving(life, replica, 'connecting');
  life.stopped.clear();
  return `somebody started replication on ${some.join(', ')}`;
}

/** It hangs, is crowded, or out of the controller's reach. */
async function hideReplica({ world, chance, replicas }: Life): Promise<string> {
  const { fleet } = world;
  const replica = replicas[chance.below(replicas.length)];
  if (replica === undefined) return 'nothing';
  const how = (['frozen', 'crowded', 'cut'] as const)[chance.below(3)] ?? 'cut';
  const set = (hidden: boolean) =>
    fleet.change(() => {
      if (how !== 'cut') fleet.server(replica)[how] = hidden;
      else if (hidden) fleet.network.cut('baton', replica);
      else fleet.network.heal('baton', replica);
    });
  set(true);
  const forMs = chance.below(6_000);
  await world.clock.advance(forMs);
  set(false);
  return `${replica} was ${how} for ${forMs} ms`;
}

async function isolateReplicas(life: Life): Promise<string | null> {
  const { world, primary, chance, isCutOff } = life;
  // Then nobody could tell it from a dead primary.
  if (isCutOff) return null;
  const some = someReplicas(life);
  world.fleet.change(() => {
    for (const replica of some) world.fleet.network.cut(replica, primary);
  });
  const forMs = chance.below(5_000);
  await world.clock.advance(forMs);
  world.fleet.change(() => {
    for (const replica of some) world.fleet.network.heal(replica, primary);
  });
  await breather(life);
  return `${some.join(', ')} could not reach the primary for ${forMs} ms`;
}

function lag({ world, chance, replicas }: Life): string {
  const replica = replicas[chance.below(replicas.length)];
  const replication = replica === undefined ? null : world.fleet.server(replica).replication;
  const lagMs = chance.below(20_000);
  if (replication !== null) world.fleet.change(() => (replication.lagMs = lagMs));
  return `${replica} lags by ${lagMs} ms`;
}

async function die({ world, chance }: Life): Promise<string> {
  if (chance.happens(50)) {
    const records = 1 + chance.below(10);
    world.dieAfter(records);
    return `the controller dies ${records} records later`;
  }
  world.die();
  const forMs = chance.below(3_000);
  await world.clock.advance(forMs);
  await world.start();
  return `the controller was dead for ${forMs} ms`;
}

/** The controller stands still while something else happens, and for a while before and after. */
async function pause(life: Life): Promise<string> {
  const { world, chance } = life;
  world.pause();
  await world.clock.advance(chance.below(5_000));
  const meanwhile = chance.happens(70) ? await (chance.happens(50) ? stall(life) : trifle(life)) : 'nothing';
  await world.clock.advance(chance.below(5_000));
  await world.goOn();
  return `the controller stood still; meanwhile ${meanwhile}`;
}

/** It stands still when the primary has just gone, and goes on when that is long over, and perhaps is so again. */
async function pauseAmid(life: Life): Promise<string> {
  const { world, primary, replicas, chance, isCutOff } = life;
  const how = isCutOff ? 'frozen' : ((['alive', 'frozen', 'cut'] as const)[chance.below(3)] ?? 'cut');
  const set = (gone: boolean) => {
    if (how === 'alive') world.fleet[gone ? 'kill' : 'restart'](primary);
    else if (how === 'frozen') world.fleet.change(() => (world.fleet.server(primary).frozen = gone));
    else
      world.fleet.change(() => {
        for (const place of ['baton', ...replicas] as const)
          world.fleet.network[gone ? 'cut' : 'heal'](place, primary);
      });
  };
  const forMs = shorterThanConfirmed(life);
  const seenMs = chance.below(forMs);
  set(true);
  await world.clock.advance(seenMs);
  world.pause();
  await world.clock.advance(forMs - seenMs);
  set(false);
  await world.clock.advance(1_000 + chance.below(10_000));
  const again = chance.happens(50);
  const againMs = shorterThanConfirmed(life);
  if (again) set(true);
  await world.goOn();
  if (again) await world.clock.advance(againMs);
  if (again) set(false);
  await breather(life);
  return `the primary was gone (${how}) for ${forMs} ms; after ${seenMs} of them the controller stood still${again ? `, until it was gone for another ${againMs}` : ''}`;
}

function someReplicas({ replicas, chance }: Life): readonly InstanceKey[] {
  if (chance.happens(40)) return replicas;
  return replicas.filter((_, at) => at === 0 || chance.happens(30));
}

function setReceiving({ world }: Life, replica: InstanceKey, io: 'stopped' | 'connecting'): void {
  const { replication } = world.fleet.server(replica);
  // To start one that runs changes nothing.
  if (replication === null || (io === 'connecting' && replication.io !== 'stopped')) return;
  world.fleet.change(() => Object.assign(replication, { io, ioError: '', retryAt: world.clock.now() }));
}

/** By so much that whoever asks in time has the answer before the time is over. */
function shorterThanConfirmed({ world, chance }: Life): number {
  return 1 + chance.below(world.config.DetectionConfirmMilliseconds - 10);
}

/** A look that was on its way is over, another has been made, and replicas have tried again. */
function breather({ world }: Life): Promise<void> {
  const { ProbeTimeoutMilliseconds, ProbeIntervalMilliseconds } = world.config;
  return world.clock.advance(ProbeTimeoutMilliseconds + ProbeIntervalMilliseconds + 1_000);
}
