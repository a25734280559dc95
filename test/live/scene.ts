import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ControllerProcess } from '../../src/cli/demo/controller-process.ts';
import { Writer } from '../../src/cli/demo/writer.ts';
import { type Daemon, daemonOf } from '../../src/cli/daemon.ts';
import type { ClusterReport, RecoveryReport, RecoveryStoryReport } from '../../src/controller/reports.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';

/** Real servers for one test, gone when it ends. The first of `keys` is the primary. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly directory: string;
  readonly keys: readonly InstanceKey[];
  readonly primary: InstanceKey;
}

export async function aScene(
  wish: {
    flavour?: Flavour;
    suite?: string;
    semiSync?: boolean;
    servers?: number;
    serverArguments?: readonly string[];
  } = {},
): Promise<Scene> {
  const parent = await mkdtemp(join(tmpdir(), 'baton-live-'));
  const directory = join(parent, 'box');
  const sandbox = await startSandbox({
    directory,
    servers: wish.servers ?? 3,
    chain: false,
    flavour: wish.flavour ?? 'mariadb',
    ...(wish.suite === undefined ? {} : { suite: wish.suite }),
    semiSync: wish.semiSync ?? false,
    serverArguments: wish.serverArguments ?? [],
    tell: () => {},
    signal: new AbortController().signal,
  });
  onTestFinished(async () => {
    await (await openSandbox(directory)).down();
    await rm(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  const keys = sandbox.members.map(({ key }) => key);
  return { sandbox, directory, keys, primary: keys[0] ?? '127.0.0.1:0' };
}

export function portOn(scene: Scene, key: InstanceKey): number {
  return scene.sandbox.members.find((member) => member.key === key)?.port ?? 0;
}

/** The sandbox's configuration with more keys, as a file; a hook for each stage writes its name and words to hooks.log. */
export async function configured(scene: Scene, more: Record<string, unknown> = {}): Promise<string> {
  const given = JSON.parse(await readFile(scene.sandbox.configFile, 'utf8')) as object;
  const log = join(scene.directory, 'hooks.log');
  const noted = (stage: string) => [
    `echo "${stage} {failureType} {failedHost}:{failedPort} {successorHost}:{successorPort} $ORC_RECOVERY_UID" >> ${log}`,
  ];
  const hooks = Object.fromEntries(
    [
      'OnFailureDetection',
      'PreFailover',
      'PostMasterFailover',
      'PostFailover',
      'PostUnsuccessfulFailover',
    ].map((stage) => [`${stage}Processes`, noted(stage)]),
  );
  const file = join(scene.directory, 'live.json');
  await writeFile(file, JSON.stringify({ ...given, ...hooks, ...more }));
  return file;
}

/** Lines that the hooks of `configured` have written. */
export async function hookLines(scene: Scene): Promise<string[]> {
  const text = await readFile(join(scene.directory, 'hooks.log'), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

/** A controller at work on all servers of the scene; killed when the test ends. */
export async function aController(
  scene: Scene,
  configFile: string,
): Promise<{ process: ControllerProcess; daemon: Daemon }> {
  const logFile = join(scene.directory, `controller-${Date.now()}.log`);
  const started = await ControllerProcess.start(configFile, logFile);
  onTestFinished(() => started.signal('SIGKILL'));
  const daemon = await daemonOf(configFile);
  return { process: started, daemon };
}

async function clustersOf(daemon: Daemon): Promise<readonly ClusterReport[]> {
  return (await daemon.get('/baton/v1/clusters').catch(() => [])) as readonly ClusterReport[];
}

/** How many servers answer the controller; 0 while it is not up. */
export async function answering(daemon: Daemon): Promise<number> {
  return (await clustersOf(daemon)).flatMap(({ instances }) => instances).filter((one) => one.answering)
    .length;
}

export async function lastRecovery(daemon: Daemon): Promise<RecoveryReport | null> {
  const recoveries = (await daemon
    .get('/baton/v1/recoveries?limit=1')
    .catch(() => [])) as readonly RecoveryReport[];
  return recoveries[0] ?? null;
}

export async function storyOfLast(daemon: Daemon): Promise<RecoveryStoryReport> {
  const last = await lastRecovery(daemon);
  return (await daemon.get(
    `/baton/v1/recoveries/${encodeURIComponent(last?.uid ?? '')}`,
  )) as RecoveryStoryReport;
}

/** An application that writes to the scene until the test ends. */
export function aWriter(scene: Scene): Writer {
  const writer = new Writer(scene.keys, scene.sandbox.credentials.app);
  onTestFinished(() => writer.stop());
  writer.start();
  return writer;
}

/** The servers that take writes now, as they say themselves. */
export async function writableOn(scene: Scene): Promise<InstanceKey[]> {
  return (await scene.sandbox.status()).filter(({ readOnly }) => readOnly === false).map(({ key }) => key);
}
