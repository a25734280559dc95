import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Daemon, daemonOf } from '../src/cli/daemon.ts';
import type { ClusterReport } from '../src/controller/reports.ts';
import { builtTwin } from '../src/process/built.ts';
import { startServer } from '../src/process/start-server.ts';
import type { LoopDelay } from './poll-loop.ts';
import { until } from './poll-process.ts';

/** A real controller in a process of its own, as a person would start it. */
export interface Watching {
  readonly pid: number;
  readonly logFile: string;
  readonly daemon: Daemon;
  /** What its event loop did since this was last asked. Only where it was asked for at the start. */
  loopDelay(): Promise<LoopDelay>;
  stop(): Promise<void>;
}

/** The controller makes the whole answer anew each time. */
const askAgainMs = 1_000;

/** Starts one on a configuration, with a state file of its own in `directory`; resolves when `instances` answer it. */
export async function startWatching(options: {
  directory: string;
  config: Readonly<Record<string, unknown>>;
  instances: number;
  /** To look into its event loop costs a wakeup each 10 ms, so it is not done where the cost at rest is measured. */
  withLoopDelay: boolean;
}): Promise<Watching> {
  const { directory, config, instances, withLoopDelay } = options;
  const name = join(directory, `controller-${process.hrtime.bigint()}`);
  const [configFile, logFile, loopFile] = [`${name}.json`, `${name}.log`, `${name}.loop`];
  await writeFile(configFile, JSON.stringify({ ...config, StateFile: `${name}.sqlite` }), { mode: 0o600 });
  const twin = (file: string) => builtTwin(new URL(file, import.meta.url).href);
  const preload = withLoopDelay ? ['--import', twin('./poll-loop.ts').href] : [];
  const command = fileURLToPath(twin('../src/bin.ts'));
  const pid = await startServer(
    process.execPath,
    [...preload, command, 'run', '--json', '--config', configFile],
    { logFile, env: { ...process.env, BATON_BENCH_LOOP: loopFile } },
  );
  const daemon = await daemonOf(configFile);
  const stop = async () => {
    process.kill(pid, 'SIGTERM');
    await until('the controller ends', async () => !isAlive(pid));
  };
  await until(
    `${instances} instances answer`,
    async () => (await answering(daemon)) === instances,
    askAgainMs,
  ).catch(async (error: unknown) => {
    process.stderr.write(await readFile(logFile, 'utf8'));
    await stop();
    throw error;
  });
  return {
    pid,
    logFile,
    daemon,
    async loopDelay() {
      await rm(loopFile, { force: true });
      process.kill(pid, 'SIGUSR2');
      let text = '';
      await until('the event loop is told of', async () => {
        text = await readFile(loopFile, 'utf8').catch(() => '');
        return text.endsWith('}');
      });
      return JSON.parse(text) as LoopDelay;
    },
    stop,
  };
}

/** How many instances answer the controller; 0 while it is not up. */
export async function answering(daemon: Daemon): Promise<number> {
  const clusters = (await daemon.get('/baton/v1/clusters').catch(() => [])) as readonly ClusterReport[];
  return clusters.flatMap(({ instances }) => instances).filter((one) => one.answering).length;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
