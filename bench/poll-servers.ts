import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../src/sandbox/sandbox.ts';
import type { Flavour } from '../src/sandbox/server-package.ts';
import { startSandbox } from '../src/sandbox/start-sandbox.ts';
import { startWatching } from './poll-controller.ts';
import { type Minute, perMinute, referenceMs, type Usage, usageOf } from './poll-process.ts';

/** What it costs to watch so many real servers at rest. */
export interface AtRest {
  readonly servers: number;
  readonly flavour: Flavour;
  /** The controller and its children. */
  readonly controller: Minute;
  /** Statements that reached a server in a minute, by the server's own count; the mean over replicas. */
  readonly statements: { readonly primary: number; readonly replica: number };
  /** Processor time of all servers together, their own work at rest included. */
  readonly serversCpuSeconds: number;
  /** A fixed piece of work, timed before and after: tells a busy machine. */
  readonly referenceMs: readonly [number, number];
}

const warmUpMs = 30_000;

export async function measureAtRest(servers: number, flavour: Flavour, seconds: number): Promise<AtRest> {
  return withSandbox(servers, flavour, async (sandbox) => {
    const config = await configOf(sandbox);
    const watching = await startWatching({
      directory: sandbox.directory,
      config: { ...config, ProbeIntervalMilliseconds: 1_000 },
      instances: servers,
      withLoopDelay: false,
    });
    try {
      await pause(warmUpMs);
      const reference = referenceMs();
      const before = await lookRound(sandbox, watching.pid);
      await pause(seconds * 1_000);
      const after = await lookRound(sandbox, watching.pid);
      const asked = after.questions.map(
        (count, at) => ((count - (before.questions[at] ?? 0)) * 60) / seconds,
      );
      const [primary = Number.NaN, ...replicas] = asked;
      return {
        servers,
        flavour,
        controller: perMinute(before.controller, after.controller, seconds),
        statements: { primary, replica: replicas.reduce((sum, each) => sum + each, 0) / replicas.length },
        serversCpuSeconds: ((after.serversCpuSeconds - before.serversCpuSeconds) * 60) / seconds,
        referenceMs: [reference, referenceMs()],
      };
    } finally {
      await watching.stop();
    }
  });
}

/** A sandbox for as long as `work` takes. */
export async function withSandbox<Result>(
  servers: number,
  flavour: Flavour,
  work: (sandbox: Sandbox) => Promise<Result>,
): Promise<Result> {
  const parent = await mkdtemp(join(tmpdir(), 'baton-poll-'));
  const sandbox = await startSandbox({
    directory: join(parent, 'box'),
    servers,
    chain: false,
    flavour,
    semiSync: false,
    tell: () => {},
    signal: new AbortController().signal,
  });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.down();
    await rm(parent, { recursive: true, force: true });
  }
}

export async function configOf(sandbox: Sandbox): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(sandbox.configFile, 'utf8')) as Record<string, unknown>;
}

interface Round {
  readonly controller: Usage;
  /** Statements so far, by server; those of the bench, one for each round, are taken out. */
  readonly questions: readonly number[];
  readonly serversCpuSeconds: number;
}

const rounds = new WeakMap<Sandbox, number>();

async function lookRound(sandbox: Sandbox, pid: number): Promise<Round> {
  const round = (rounds.get(sandbox) ?? 0) + 1;
  rounds.set(sandbox, round);
  const controller = await usageOf(pid);
  const questions = await Promise.all(
    sandbox.members.map(async ({ port }) => {
      const text = await sandbox.sql(port, "SHOW GLOBAL STATUS LIKE 'Questions'");
      return Number(text.split('\t')[1]) - round;
    }),
  );
  const servers = await Promise.all(sandbox.members.map((member) => usageOf(member.pid ?? 0)));
  return {
    controller,
    questions,
    serversCpuSeconds: servers.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  };
}
