import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HookOutcome } from '../../engine/record.ts';
import { messageOf } from '../../kernel/errors.ts';
import { builtTwin } from '../../process/built.ts';
import type { HookRun, HookRunner } from '../runner.ts';
import { environmentOf, type HookEnvironment } from './environment.ts';
import { beginLife, clearLife, isAlive, isOrphaned, isRunning, livesIn, recordPid, wake } from './life.ts';
import type { Reply, Request, RunRequest, SpawnerSettings } from './messages.ts';
import { openOutcomes } from './outcome-files.ts';
import { readOutcome } from './read-outcome.ts';
import { secretsOf } from './secret.ts';

export interface SpawnerOptions extends SpawnerSettings {
  readonly environment: HookEnvironment;
  /** Takes secrets out of what hooks say, before anybody sees it. */
  readonly redact: (text: string) => string;
}

interface Waiting {
  readonly settle: (outcome: HookOutcome) => void;
  readonly said: (text: string) => void;
}

/** How long an earlier life's spawner may take to hear that its controller is gone. */
const orphaningMs = 2_000;
const lookEveryMs = 20;
const wakeEveryMs = 1_000;

/** Runs hooks in a process of their own, beside the controller. One at a time may use a directory. */
export async function startSpawner(
  options: SpawnerOptions,
): Promise<HookRunner & { close(): Promise<void> }> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const directory = realpathSync(options.directory);
  openOutcomes(directory);
  for (const life of livesIn(directory)) if (!isAlive(life)) clearLife(life);
  const spawner = new Spawner({ ...options, directory });
  spawner.start();
  return spawner;
}

class Spawner implements HookRunner {
  readonly #options: SpawnerOptions;
  readonly #waiting = new Map<string, Waiting>();
  /** What was heard of runs and may not be in the journal yet. */
  readonly #ended = new Map<string, HookOutcome>();
  #child: ChildProcess | null = null;
  #life = '';
  #isClosed = false;
  #waking: NodeJS.Timeout | null = null;

  constructor(options: SpawnerOptions) {
    this.#options = options;
  }

  /** Throws what the disk says when there is no room for a new life. */
  start(): ChildProcess {
    const { environment, redact: _, ...settings } = this.#options;
    const life = beginLife(settings.directory);
    const child = fork(
      builtTwin(new URL('./main.ts', import.meta.url).href),
      [life, JSON.stringify(settings)],
      {
        // A group of its own: what ends the controller's group must not end its hooks.
        detached: true,
        env: environmentOf(environment, process.env),
        execArgv: [],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      },
    );
    child.on('message', (reply: Reply) => this.#hear(reply));
    child.once('error', (error) => this.#lose(child, life, messageOf(error)));
    child.once('exit', (code, signal) => this.#lose(child, life, signal ?? `exit ${code}`));
    try {
      if (child.pid !== undefined) recordPid(life, child.pid);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    this.#child = child;
    this.#life = life;
    return child;
  }

  async run(run: HookRun, signal: AbortSignal, said?: (text: string) => void): Promise<HookOutcome> {
    if (this.#isClosed) throw new Error('the spawner of hooks was let go');
    const secrets = secretsOf(run.body, process.env);
    if ('missing' in secrets) return notStarted(secrets.missing);
    try {
      const child = this.#child ?? this.start();
      return await this.#runOn(
        child,
        { kind: 'run', run, secrets, isHeard: said !== undefined },
        { signal, said },
      );
    } catch (error) {
      return notStarted(`its spawner could not be started: ${messageOf(error)}`);
    }
  }

  #runOn(
    child: ChildProcess,
    request: RunRequest,
    by: { signal: AbortSignal; said: ((text: string) => void) | undefined },
  ): Promise<HookOutcome> {
    const { key } = request.run;
    const { signal, said = () => {} } = by;
    const stop = () => tell(child, { kind: 'stop', key, because: messageOf(signal.reason) });
    return new Promise((resolve) => {
      const settle = (outcome: HookOutcome) => {
        this.#waiting.delete(key);
        if (this.#waiting.size === 0) this.#leaveAsleep();
        signal.removeEventListener('abort', stop);
        const redacted = this.#redacted(outcome);
        this.#ended.set(key, redacted);
        resolve(redacted);
      };
      this.#waiting.set(key, { settle, said });
      this.#keepAwake();
      tell(child, request);
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
    });
  }

  /** A script can stop the process that runs it, and with it every deadline. To one that runs this means nothing. */
  #keepAwake(): void {
    this.#waking ??= setInterval(() => this.#child?.kill('SIGCONT'), wakeEveryMs).unref();
  }

  #leaveAsleep(): void {
    if (this.#waking !== null) clearInterval(this.#waking);
    this.#waking = null;
  }

  async outcomeOf(key: string, signal: AbortSignal): Promise<HookOutcome | null> {
    const { directory } = this.#options;
    const heard = this.#ended.get(key);
    if (heard !== undefined) return heard;
    for (const life of livesIn(directory).filter((one) => one !== this.#life)) {
      const until = performance.now() + orphaningMs;
      while (isAlive(life) && !isOrphaned(life) && performance.now() < until) await lookAgain(life, signal);
      while (isRunning(life, key)) await lookAgain(life, signal);
    }
    const written = readOutcome(directory, key);
    return written && this.#redacted(written);
  }

  known(key: string): void {
    this.#ended.delete(key);
    if (this.#child !== null) tell(this.#child, { kind: 'known', key });
  }

  /** Lets go of the spawner; hooks that run are left to it. */
  async close(): Promise<void> {
    const child = this.#child;
    this.#isClosed = true;
    this.#leaveAsleep();
    this.#child = null;
    if (child === null) return;
    const isIdle = this.#waiting.size === 0;
    child.disconnect();
    if (isIdle) await once(child, 'exit');
    else child.unref();
  }

  #hear(reply: Reply): void {
    const waiting = this.#waiting.get(reply.key);
    if (reply.kind === 'ended') waiting?.settle(reply.outcome);
    else waiting?.said(this.#options.redact(reply.text));
  }

  #redacted(outcome: HookOutcome): HookOutcome {
    return { ...outcome, output: this.#options.redact(outcome.output) };
  }

  /** A spawner that died takes its hooks with it; the next run starts another. */
  #lose(child: ChildProcess, life: string, how: string): void {
    if (child !== this.#child) return;
    this.#child = null;
    clearLife(life);
    for (const { settle } of this.#waiting.values()) settle(unknown(how));
  }
}

/** What cannot be sent any more is answered for when the child's exit is heard. */
function tell(child: ChildProcess, request: Request): void {
  if (child.connected) child.send(request, () => {});
}

async function lookAgain(life: string, signal: AbortSignal): Promise<void> {
  wake(life);
  await sleep(lookEveryMs, null, { signal });
}

function unknown(how: string): HookOutcome {
  return { ...unstarted, ended: 'unknown', because: `the process that ran it died (${how})` };
}

function notStarted(because: string): HookOutcome {
  return { ...unstarted, because };
}

const unstarted = {
  ended: 'not-started',
  exitCode: null,
  signal: null,
  tookMs: 0,
  output: '',
} as const;
