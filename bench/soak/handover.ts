import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Daemon, daemonOf } from '../../src/cli/daemon.ts';
import { ordersOn, Writer } from '../../src/cli/demo/writer.ts';
import type { ClusterReport, LeaderReport, RecoveryReport } from '../../src/controller/reports.ts';
import type { Etcd } from '../../src/etcd/etcd.ts';
import { messageOf } from '../../src/kernel/errors.ts';
import { portOf } from '../../src/kernel/instance-key.ts';
import { builtTwin } from '../../src/process/built.ts';
import { Checker } from './checker.ts';
import { comesTrue } from './patience.ts';
import { overlapsOf, spellsOf } from './spells.ts';
import type { Stage } from './stage.ts';
import { nobody, Succession } from './succession.ts';
import { type Way, wayTo } from './way.ts';

/** What happens to the leader: it is killed, stands still until another leads and then goes on, or hears nothing from etcd any more. */
export const blows = ['killed', 'stopped', 'cut off'] as const;
export type Blow = (typeof blows)[number];

export interface Handover {
  /** How long etcd keeps a leader that has fallen silent; 2 where nothing is said. */
  readonly leaseSeconds?: number;
  readonly run: 'recovery' | 'takeover';
  readonly blow: Blow;
  /** After this many records of all runs of the leader. */
  readonly record: number;
}

export interface HandedOver {
  /** False where the leader had fewer records, so that it went on to the end. */
  readonly struck: boolean;
  readonly state: string | null;
  /** Milliseconds from the blow until etcd let the old leader go, until another led, and until its first record. */
  readonly goneMs: number | null;
  readonly ledMs: number | null;
  readonly continuedMs: number | null;
  readonly wrong: readonly string[];
  /** Where the logs of both are left to be read; null where nothing was wrong. */
  readonly logs: string | null;
}

const withinMs = 40_000;
const program = fileURLToPath(builtTwin(new URL('./struck-controller.ts', import.meta.url).href));

/** One run with two controllers on an etcd, of which the leader is struck after so many records; what came of it is judged. */
export async function handOver(
  stage: Stage,
  etcd: { readonly endpoints: readonly string[]; client(): Etcd },
  { run, blow, record, leaseSeconds = 2 }: Handover,
): Promise<HandedOver> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-handover-'));
  const log = join(folder, 'hooks.log');
  const noted = (name: string) => [`echo "${name} $BATON_HOOK_RESUMED" >> ${log}`];
  const given = JSON.parse(
    await readFile(
      await stage.reset({
        DetectionConfirmMilliseconds: 0,
        InstancePollSeconds: 1,
        PreFailoverProcesses: noted('PreFailover'),
        PostMasterFailoverProcesses: noted('PostMasterFailover'),
        PostFailoverProcesses: noted('PostFailover'),
        PreGracefulTakeoverProcesses: noted('PreGracefulTakeover'),
        PostGracefulTakeoverProcesses: noted('PostGracefulTakeover'),
      }),
      'utf8',
    ),
  ) as object;
  const { endpoints } = etcd;
  const prefix = `/handover-${Date.now()}/`;
  const way = await wayTo(endpoints);
  const sides: Side[] = [];
  const side = async (name: string, by: Pick<Way, 'endpoints' | 'group'>, stopsAt: number) => {
    const Coordination = {
      Kind: 'etcd',
      Endpoints: by.endpoints,
      LeaseSeconds: leaseSeconds,
      Name: name,
      Prefix: prefix,
    };
    const more = { StateFile: join(folder, `${name}.sqlite`), Coordination };
    const file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify({ ...given, ...more }), { mode: 0o600 });
    const started = await Side.start(file, join(folder, `${name}.log`), { stopsAt, group: by.group });
    sides.push(started);
    return started;
  };
  const succession = Succession.of(etcd.client(), prefix);
  const writer = new Writer(stage.keys, stage.sandbox.credentials.app);
  const checker = new Checker(stage.sandbox);
  const wrong: string[] = [];
  const judged = (...more: readonly string[]) => {
    wrong.push(...more);
    return { wrong, logs: wrong.length === 0 ? null : folder };
  };
  try {
    const leader = await side('leader', way, record);
    await must('the first leads', () => leader.leads());
    const other = await side('other', { endpoints, group: null }, 0);
    for (const one of sides)
      await must('both see all', async () => (await one.answering()) === stage.keys.length);
    writer.start();
    await must('the application writes', () => writer.acknowledged > 20);
    const old = stage.primary;
    if (run === 'recovery') await stage.sandbox.kill(portOf(old));
    else
      void leader.daemon
        .post(`/baton/v1/clusters/${encodeURIComponent(old)}/takeover`, {
          by: 'anna',
          why: 'upgrade',
          auto: true,
        })
        .catch(() => {});
    // One that stands still answers nothing, and is not waited for.
    const isEnded = (of: Side) =>
      Promise.race([of.last().then((last) => last?.endedAt != null), pause(200).then(() => false)]);
    const struck = await comesTrue(async () => leader.isStill() || (await isEnded(leader)), withinMs);
    const isStruck = struck && leader.isStill();
    if (!struck) wrong.push('it neither came so far nor ended');
    const at = Date.now();
    if (isStruck && blow === 'killed') await leader.kill();
    if (isStruck && blow === 'cut off') {
      way.cut();
      leader.signal('SIGCONT');
    }
    if (isStruck) await must('another leads', () => other.leads());
    const asked = isStruck ? other : leader;
    // A death after the last record leaves nothing to do, and one before the first a failure that is found anew.
    if (run === 'takeover' && isStruck && (await asked.last()) === null)
      return { struck: true, state: null, ...succession.after(at), ...judged() };
    if (!(await comesTrue(() => isEnded(asked), withinMs))) wrong.push(`no ${run} ended`);
    if (isStruck && blow === 'stopped') {
      leader.signal('SIGCONT');
      await must('the old one follows', async () => (await leader.leader())?.name === 'other');
    }
    const end = await asked.last();
    if (end?.successor == null) wrong.push(`it came to ${end?.state}: ${end?.reason}`);
    const primary = end?.successor ?? old;
    const hasServed = () => writer.acknowledgements.some((one) => one.server === primary && one.at > at);
    if (!(await comesTrue(hasServed, withinMs))) wrong.push(`${primary} acknowledges no write`);
    await writer.stop();
    const kept = await ordersOn(primary, stage.sandbox.credentials.app);
    const lost = writer.acknowledgements.filter(({ id }) => !kept.has(id));
    if (lost.length > 0) wrong.push(`${lost.length} acknowledged writes are lost`);
    const writable = (await stage.sandbox.status()).filter(({ readOnly }) => readOnly === false);
    if (writable.length !== 1) wrong.push(`${writable.length} servers take writes`);
    const overlaps = overlapsOf(spellsOf(await checker.stop()));
    for (const { first, second, from, to } of overlaps)
      wrong.push(`${first.server} and ${second.server} both took writes for ${to - from} ms`);
    wrong.push(...hooksToldTwice(await readFile(log, 'utf8').catch(() => '')));
    return {
      struck: isStruck,
      state: end?.state ?? null,
      ...(isStruck ? succession.after(at) : nobody),
      ...judged(),
    };
  } catch (error) {
    return { struck: true, state: null, ...nobody, ...judged(messageOf(error)) };
  } finally {
    await Promise.all([...sides.map((one) => one.kill()), writer.stop(), checker.stop()]);
    way.end();
    succession.end();
    if (wrong.length === 0)
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** A hook that is run again is told so. */
function hooksToldTwice(text: string): readonly string[] {
  const untold = text.split('\n').filter((line) => line.endsWith(' 0'));
  return [...new Set(untold)]
    .filter((name) => untold.filter((one) => one === name).length > 1)
    .map((name) => `${name.slice(0, -2)} was run twice, and the second run was not told so`);
}

async function must(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  if (!(await comesTrue(isTrue, withinMs))) throw new Error(`never came true: ${what}`);
}

/** One controller of several. */
class Side {
  readonly daemon: Daemon;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, daemon: Daemon) {
    this.#child = child;
    this.daemon = daemon;
  }

  static async start(
    config: string,
    logFile: string,
    { stopsAt, group }: { stopsAt: number; group: number | null },
  ): Promise<Side> {
    const log = await open(logFile, 'a', 0o600);
    const child = fork(program, [config, String(stopsAt)], {
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
      execArgv: [],
      ...(group === null ? {} : { gid: group }),
    });
    await log.close();
    return new Side(child, await daemonOf(config));
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  isStill(): boolean {
    return readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').includes(') T ');
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async leader(): Promise<LeaderReport> {
    return (await this.daemon.get('/baton/v1/leader')) as LeaderReport;
  }

  async leads(): Promise<boolean> {
    return (await this.leader()).isOurs;
  }

  async answering(): Promise<number> {
    const clusters = (await this.daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
    return clusters.flatMap(({ instances }) => instances).filter((one) => one.answering).length;
  }

  /** The last recovery or takeover; null where there is none. */
  async last(): Promise<RecoveryReport | null> {
    const all = (await this.daemon.get('/baton/v1/recoveries?limit=1')) as readonly RecoveryReport[];
    return all[0] ?? null;
  }
}
