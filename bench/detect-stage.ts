import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ControllerProcess } from '../src/cli/demo/controller-process.ts';
import { type Daemon, daemonOf } from '../src/cli/daemon.ts';
import type { ClusterReport } from '../src/controller/reports.ts';
import type { Sandbox, SandboxMember } from '../src/sandbox/sandbox.ts';
import type { Flavour } from '../src/sandbox/server-package.ts';
import { startSandbox } from '../src/sandbox/start-sandbox.ts';

/** Three real servers and a controller with default settings, in a network of their own. */
export interface Stage {
  readonly directory: string;
  readonly flavour: Flavour;
  readonly sandbox: Sandbox;
  readonly controller: ControllerProcess;
  readonly daemon: Daemon;
  readonly primary: SandboxMember;
}

/** How long replicas believe in a silent source: what a server has when nobody sets it. */
const netTimeoutSeconds = 60;
const watchesWithinMs = 60_000;

/** `prepare` is done on the servers before the controller starts. */
export async function setUpStage(
  flavour: Flavour,
  prepare: (sandbox: Sandbox) => Promise<void>,
  start: typeof ControllerProcess.start = (...files) => ControllerProcess.start(...files),
): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-detect-'));
  const sandbox = await startSandbox({
    directory,
    servers: 3,
    chain: false,
    flavour,
    semiSync: false,
    tell: () => {},
    signal: new AbortController().signal,
  });
  try {
    return await stageOn(sandbox, { directory, flavour, prepare, start });
  } catch (error) {
    await sandbox.down();
    throw error;
  }
}

async function stageOn(
  sandbox: Sandbox,
  {
    directory,
    flavour,
    prepare,
    start,
  }: {
    directory: string;
    flavour: Flavour;
    prepare: (sandbox: Sandbox) => Promise<void>;
    start: typeof ControllerProcess.start;
  },
): Promise<Stage> {
  const [primary, ...replicas] = sandbox.members;
  if (primary === undefined) throw new Error('a sandbox of three has a first');
  for (const { port } of replicas) await sandbox.sql(port, believing[flavour]);
  await prepare(sandbox);
  const given = JSON.parse(await readFile(sandbox.configFile, 'utf8')) as object;
  const configFile = join(directory, 'bench.json');
  await writeFile(configFile, JSON.stringify({ ...given, OnFailureDetectionProcesses: ['true'] }), {
    mode: 0o600,
  });
  const controller = await start(configFile, join(directory, 'controller.log'));
  const stage = { directory, flavour, sandbox, controller, daemon: await daemonOf(configFile), primary };
  await untilWatching(stage).catch((error: unknown) => {
    controller.signal('SIGKILL');
    throw error;
  });
  return stage;
}

export async function strikeStage({ controller, sandbox, directory }: Stage): Promise<void> {
  controller.signal('SIGKILL');
  await sandbox.down();
  await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Lets nothing through to or from a port, without a word, or lets it through again. */
export function setSilent(port: number, silent: boolean): void {
  if (!silent) return void execFileSync('nft', ['delete', 'table', 'inet', 'silence']);
  const rules = `table inet silence { chain dropped { type filter hook input priority 0; tcp dport ${port} drop; tcp sport ${port} drop; }\n}\n`;
  execFileSync('nft', ['-f', '-'], { input: rules });
}

const believing: Record<Flavour, string> = {
  mariadb: `SET GLOBAL slave_net_timeout = ${netTimeoutSeconds}; STOP SLAVE IO_THREAD; START SLAVE IO_THREAD`,
  mysql: `SET GLOBAL replica_net_timeout = ${netTimeoutSeconds}; STOP REPLICA IO_THREAD; START REPLICA IO_THREAD`,
};

async function untilWatching({ daemon, sandbox, controller }: Stage): Promise<void> {
  for (const until = Date.now() + watchesWithinMs; Date.now() < until; await pause(20)) {
    const clusters = (await daemon.get('/baton/v1/clusters').catch(() => [])) as readonly ClusterReport[];
    const instances = clusters.flatMap((cluster) => cluster.instances);
    const ready = instances.filter(
      ({ answering, source, ioThread }) => answering && (source === null || ioThread === 'running'),
    );
    if (ready.length === sandbox.members.length) return;
  }
  throw new Error(`the controller does not watch: ${await readFile(controller.logFile, 'utf8')}`);
}
