import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { FindingReport } from '../src/controller/reports.ts';
import { builtTwin } from '../src/process/built.ts';
import type { Sandbox } from '../src/sandbox/sandbox.ts';
import { answering, startWatching, type Watching } from './poll-controller.ts';
import type { LoopDelay } from './poll-loop.ts';
import { type Minute, perMinute, referenceMs, until, usageOf } from './poll-process.ts';
import { configOf, withSandbox } from './poll-servers.ts';
import type { FleetCounts, FleetOrder, FleetReady, FleetWish } from './wire-fleet.ts';

/** What it costs to watch many servers that are none (bench/wire-fleet.ts). */
export interface FleetCost {
  readonly instances: number;
  readonly pollSeconds: number;
  readonly controller: Minute;
  readonly loop: LoopDelay;
  readonly looksPerMinute: number;
  readonly pulsesPerMinute: number;
  /** How many statements one look is made of. */
  readonly statementsPerLook: number;
  readonly referenceMs: readonly [number, number];
}

export interface FleetResult {
  /** Everything is read at each pulse, and at each fifth: two equations for the cost of a look and of a pulse. */
  readonly costs: readonly FleetCost[];
  readonly cpuMicrosecondsPerLook: number;
  readonly cpuMicrosecondsPerPulse: number;
  /** The controller's memory in megabytes, every half minute. */
  readonly residentMegabytes: readonly number[];
  /** What it held at their beginning and at their end, after everything that it does not was collected. */
  readonly heapMegabytes: readonly [before: number, after: number];
  /** From the end of one primary to the log's line that its connection ended, and to the line that names the finding. */
  readonly noticedMs: number;
  readonly foundMs: number;
  /** One instance in ten answers noise: how many of the others still answer, and what that costs. */
  readonly garbled: {
    readonly instances: number;
    readonly othersAnswering: number;
    readonly cost: FleetCost;
  };
}

/** What ten times as many cost, and how soon one that died is noticed among them. */
export interface LargeFleetResult {
  readonly cost: FleetCost;
  readonly noticedMs: number;
  readonly foundMs: number;
}

const replicasEach = 9;
const warmUpMs = 20_000;
const memoryEverySeconds = 30;

export async function measureFleet(seconds: number, memorySeconds: number): Promise<FleetResult> {
  return withFleet(50, async (fleet) => {
    const eager = await watched(fleet, 1, (watching) => costOf(watching, fleet, 1, seconds));
    return watched(fleet, 5, async (watching) => {
      const cost = await costOf(watching, fleet, 5, seconds);
      const { heapMegabytes: before } = await watching.loopDelay();
      const residentMegabytes = await memoryOf(watching, memorySeconds);
      const { heapMegabytes: after } = await watching.loopDelay();
      const [noticedMs, foundMs] = await killOne(watching, fleet);
      const garbled = await garbleSome(watching, fleet, seconds);
      const look = (eager.controller.cpuSeconds * 1e6) / eager.looksPerMinute;
      const pulse = (cost.controller.cpuSeconds * 1e6 - look * cost.looksPerMinute) / cost.pulsesPerMinute;
      return {
        costs: [eager, cost],
        cpuMicrosecondsPerLook: look,
        cpuMicrosecondsPerPulse: pulse,
        residentMegabytes,
        heapMegabytes: [before, after],
        noticedMs,
        foundMs,
        garbled,
      };
    });
  });
}

export async function measureLargeFleet(seconds: number): Promise<LargeFleetResult> {
  return withFleet(500, (fleet) =>
    watched(fleet, 5, async (watching) => {
      const cost = await costOf(watching, fleet, 5, seconds);
      const [noticedMs, foundMs] = await killOne(watching, fleet);
      return { cost, noticedMs, foundMs };
    }),
  );
}

/** A fleet of so many clusters for as long as `work` takes, with the two real servers that it answers like. */
async function withFleet<Result>(clusters: number, work: (fleet: Fleet) => Promise<Result>): Promise<Result> {
  return withSandbox(2, 'mariadb', async (sandbox) => {
    const fleet = await startFleet(sandbox, clusters);
    try {
      return await work(fleet);
    } finally {
      fleet.process.disconnect();
      await once(fleet.process, 'exit');
    }
  });
}

interface Fleet {
  readonly process: ChildProcess;
  readonly sandbox: Sandbox;
  readonly instances: number;
  readonly clusters: FleetReady['clusters'];
  order(order: FleetOrder): Promise<FleetCounts>;
}

async function startFleet(sandbox: Sandbox, clusters: number): Promise<Fleet> {
  const [primary, replica] = await Promise.all(
    sandbox.members.map(async ({ port }) => ({
      port,
      serverId: Number(await sandbox.sql(port, 'SELECT @@global.server_id')),
    })),
  );
  if (primary === undefined || replica === undefined) throw new Error('a sandbox of two has two members');
  const process = fork(builtTwin(new URL('./wire-fleet.ts', import.meta.url).href));
  process.send({
    clusters,
    replicasEach,
    version: `5.5.5-${sandbox.version}-MariaDB`,
    models: { primary, replica },
    account: sandbox.credentials.topology,
  } satisfies FleetWish);
  const [ready] = (await once(process, 'message')) as [FleetReady];
  return {
    process,
    sandbox,
    instances: clusters * (1 + replicasEach),
    clusters: ready.clusters,
    async order(order) {
      process.send(order);
      const [counts] = (await once(process, 'message')) as [FleetCounts];
      return counts;
    },
  };
}

/** A controller that watches the fleet for as long as `work` takes, and recovers nothing. */
async function watched<Result>(
  fleet: Fleet,
  pollSeconds: number,
  work: (watching: Watching) => Promise<Result>,
): Promise<Result> {
  const { sandbox, instances } = fleet;
  const watching = await startWatching({
    directory: sandbox.directory,
    config: {
      ...(await configOf(sandbox)),
      DiscoverySeeds: fleet.clusters.map(([primary]) => `127.0.0.1:${primary}`),
      RecoverMasterClusterFilters: [],
      InstancePollSeconds: pollSeconds,
      ProbeIntervalMilliseconds: 1_000,
    },
    instances,
    withLoopDelay: true,
  });
  try {
    await pause(warmUpMs);
    return await work(watching);
  } finally {
    await watching.stop();
  }
}

async function costOf(
  watching: Watching,
  fleet: Fleet,
  pollSeconds: number,
  seconds: number,
): Promise<FleetCost> {
  const reference = referenceMs();
  const counted = structuredClone(await fleet.order({ kind: 'count' }));
  await watching.loopDelay();
  const before = await usageOf(watching.pid);
  await pause(seconds * 1_000);
  const after = await usageOf(watching.pid);
  const { queries } = await fleet.order({ kind: 'count' });
  const loop = await watching.loopDelay();
  const asked = Object.entries(queries).map(([statements, count]) => ({
    statements: Number(statements),
    perMinute: ((count - (counted.queries[Number(statements)] ?? 0)) * 60) / seconds,
  }));
  const sum = (which: (statements: number) => boolean) =>
    asked
      .filter(({ statements }) => which(statements))
      .reduce((total, { perMinute: rate }) => total + rate, 0);
  return {
    instances: fleet.instances,
    pollSeconds,
    controller: perMinute(before, after, seconds),
    loop,
    looksPerMinute: sum((statements) => statements > 1),
    pulsesPerMinute: sum((statements) => statements <= 1),
    statementsPerLook: Math.max(...asked.map(({ statements }) => statements)),
    referenceMs: [reference, referenceMs()],
  };
}

async function memoryOf({ pid }: Watching, seconds: number): Promise<number[]> {
  const megabytes = [(await usageOf(pid)).residentMegabytes];
  for (let at = 0; at < seconds; at += memoryEverySeconds) {
    await pause(memoryEverySeconds * 1_000);
    megabytes.push((await usageOf(pid)).residentMegabytes);
  }
  return megabytes;
}

async function killOne(
  { daemon, logFile }: Watching,
  fleet: Fleet,
): Promise<[noticed: number, found: number]> {
  const key = `127.0.0.1:${fleet.clusters[0]?.[0]}`;
  const killedAt = Date.now();
  await fleet.order({ kind: 'kill', port: fleet.clusters[0]?.[0] ?? 0 });
  await until('the dead primary is found', async () => {
    const findings = (await daemon.get('/baton/v1/findings').catch(() => [])) as readonly FindingReport[];
    return findings.some(({ instance, code }) => instance === key && code === 'DeadMaster');
  });
  const lines = (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.includes(key));
  const lineAt = (words: string) => {
    const line = lines.find((each) => each.includes(words));
    return line === undefined
      ? Number.NaN
      : Date.parse(String((JSON.parse(line) as { time: unknown }).time)) - killedAt;
  };
  return [lineAt(`connection to ${key} has ended`), lineAt(`${key}: DeadMaster;`)];
}

/** The last replica of every cluster but the first; what stays is well. */
async function garbleSome(
  watching: Watching,
  fleet: Fleet,
  seconds: number,
): Promise<FleetResult['garbled']> {
  const ports = fleet.clusters.slice(1).flatMap((members) => members.slice(-1));
  await fleet.order({ kind: 'garble', ports });
  await until('those that answer noise are told from the others', async () => {
    return (await answering(watching.daemon)) <= fleet.instances - 1 - ports.length;
  });
  const cost = await costOf(watching, fleet, 5, seconds);
  return { instances: ports.length, othersAnswering: await answering(watching.daemon), cost };
}
