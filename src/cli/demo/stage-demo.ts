import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecoveryReport, RecoveryStoryReport } from '../../controller/reports.ts';
import { BatonError } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Flavour } from '../../sandbox/server-package.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { type Daemon, daemonOf } from '../daemon.ts';
import { ControllerProcess } from './controller-process.ts';
import { ordersOn, Writer } from './writer.ts';

/** Real servers, a real controller and an application, all private and all on this machine. */
export interface DemoStage {
  readonly directory: string;
  readonly configFile: string;
  readonly sandbox: Sandbox;
  readonly controller: ControllerProcess;
  readonly daemon: Daemon;
  readonly writer: Writer;
  readonly primary: InstanceKey;
}

/** What came of it, measured by the application and told by the journal. */
export interface DemoResult {
  readonly story: RecoveryStoryReport;
  readonly killedAt: number;
  /** Milliseconds from the kill to the first write that the successor acknowledged; null where none was. */
  readonly outageMs: number | null;
  /** Writes that the dead primary had acknowledged, and how many of them the successor has. */
  readonly acknowledged: number;
  readonly present: number;
  readonly servedBy: InstanceKey | null;
}

export type Say = (line: string) => void;

/** Within this a controller answers and a recovery ends, or something is wrong that a person must see. */
const patienceMs = 60_000;
const lookEveryMs = 20;

/** `config` joins or replaces keys of the configuration that the sandbox proposes. */
export interface StageWish {
  readonly flavour?: Flavour;
  /** Three where nothing is said. */
  readonly servers?: number;
  readonly semiSync: boolean;
  readonly config: (directory: string) => Readonly<Record<string, unknown>>;
}

export async function setTheStage(wish: StageWish, say: Say, signal: AbortSignal): Promise<DemoStage> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-demo-'));
  const { flavour = 'mariadb', servers = 3, semiSync } = wish;
  const sandbox = await startSandbox({
    servers,
    chain: false,
    flavour,
    semiSync,
    directory,
    tell: say,
    signal,
  });
  try {
    return await stageOn(sandbox, directory, wish.config(directory));
  } catch (error) {
    await sandbox.down();
    throw error;
  }
}

async function stageOn(sandbox: Sandbox, directory: string, config: object): Promise<DemoStage> {
  const [primary] = sandbox.members;
  if (primary === undefined) throw new BatonError('sandbox', 'The sandbox has no servers.');
  const configFile = await writeConfig(sandbox, directory, config);
  const controller = await ControllerProcess.start(configFile, join(directory, 'controller.log'));
  const daemon = await daemonOf(configFile);
  const writer = new Writer(
    sandbox.members.map(({ key }) => key),
    sandbox.credentials.app,
  );
  const stage = { directory, configFile, sandbox, controller, daemon, writer, primary: primary.key };
  try {
    await untilWatching(stage);
    return stage;
  } catch (error) {
    controller.signal('SIGKILL');
    throw error;
  }
}

/** Kills the primary while the application writes, and tells what happens until it writes again. */
export async function killThePrimary(stage: DemoStage, say: Say, signal: AbortSignal): Promise<DemoResult> {
  const { writer, sandbox, primary, controller, daemon } = stage;
  writer.start();
  while (writer.acknowledged < 200) await pause(lookEveryMs, undefined, { signal });
  await controller.news();
  const port = sandbox.members.find(({ key }) => key === primary)?.port ?? 0;
  const killedAt = Date.now();
  say(`   0.000 s  kill -9 of the primary ${primary}, while an application writes`);
  await sandbox.kill(port);
  const recovery = await untilRecovered(stage, killedAt, say, signal);
  while (writer.firstElsewhere(primary) === null && Date.now() < killedAt + patienceMs) {
    await pause(lookEveryMs, undefined, { signal });
  }
  await writer.stop();
  const story = (await daemon.get(
    `/baton/v1/recoveries/${encodeURIComponent(recovery.uid)}`,
  )) as RecoveryStoryReport;
  return { story, killedAt, ...(await countedWrites(stage, killedAt)) };
}

/** Stops what the stage started, and nothing else. */
export async function strikeTheStage({ controller, sandbox, writer }: DemoStage): Promise<void> {
  await writer.stop();
  controller.signal('SIGTERM');
  const until = Date.now() + 10_000;
  while (controller.isAlive() && Date.now() < until) await pause(lookEveryMs);
  controller.signal('SIGKILL');
  await sandbox.down();
}

async function countedWrites({ writer, sandbox, primary }: DemoStage, killedAt: number) {
  const first = writer.firstElsewhere(primary);
  const kept = first === null ? new Set<number>() : await ordersOn(first.server, sandbox.credentials.app);
  const acknowledged = writer.acknowledgedBy(primary);
  return {
    outageMs: first === null ? null : first.at - killedAt,
    acknowledged,
    present: acknowledged - writer.missing(primary, kept).length,
    servedBy: first?.server ?? null,
  };
}

async function writeConfig(sandbox: Sandbox, directory: string, config: object): Promise<string> {
  const given = JSON.parse(await readFile(sandbox.configFile, 'utf8')) as object;
  const file = join(directory, 'demo.json');
  await writeFile(file, `${JSON.stringify({ ...given, ...config }, null, 2)}\n`, { mode: 0o600 });
  return file;
}

async function untilWatching({ controller, daemon, sandbox }: DemoStage): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const clusters = await daemon.get('/baton/v1/clusters').catch(() => []);
    const known =
      (clusters as readonly { instances: readonly { answering: boolean }[] }[])[0]?.instances ?? [];
    if (known.filter(({ answering }) => answering).length === sandbox.members.length) return;
    if (!controller.isAlive()) break;
    await pause(lookEveryMs);
  }
  const log = await readFile(controller.logFile, 'utf8');
  throw new BatonError('daemon-unreachable', `The controller of the demo did not come up. Its log:\n${log}`);
}

async function untilRecovered(
  { controller, daemon }: DemoStage,
  killedAt: number,
  say: Say,
  signal: AbortSignal,
): Promise<RecoveryReport> {
  while (Date.now() < killedAt + patienceMs) {
    for (const { at, sentence, warns } of await controller.news()) {
      say(`${((at - killedAt) / 1_000).toFixed(3).padStart(8)} s  ${warns ? 'WARNING ' : ''}${sentence}`);
    }
    const [last] = (await daemon.get('/baton/v1/recoveries?limit=1')) as readonly RecoveryReport[];
    if (last !== undefined && last.endedAt !== null) return last;
    await pause(lookEveryMs, undefined, { signal });
  }
  throw new BatonError(
    'daemon-unreachable',
    `No recovery ended within ${patienceMs / 1_000} s; see ${controller.logFile}`,
  );
}
