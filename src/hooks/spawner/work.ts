import { mkdirSync, rmSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileSync } from 'tmp-promise';
import type { HookOutcome } from '../../engine/record.ts';
import { spoken } from '../../kernel/duration.ts';
import { type ScriptEnd, type StartedScript, signalGroup, startScript } from '../../process/run-script.ts';
import type { HookRun } from '../runner.ts';
import { scriptName } from './life.ts';
import type { SpawnerSettings } from './messages.ts';
import { Output } from './output.ts';

/** Between the polite signal and the other one. */
const graceMs = 2_000;
/** How long a killed process may take to go; one that waits for a dead disk may never. */
const afterKillMs = 3_000;
/** Node fires a longer timer at once. */
const longestTimerMs = 2_147_483_647;

/** A script on its way. `stop` ends it early, for a reason that its outcome repeats. */
export interface Work {
  readonly outcome: Promise<HookOutcome>;
  stop(because: string): void;
  /** Takes the script away: only now is it no longer being worked on. */
  clear(): void;
}

type Cause = { readonly ended: 'timed-out' | 'signalled'; readonly because: string };

/** Puts a script into a file and runs it to its end, its deadline or a stop, whichever comes first. */
export function startWork(run: HookRun, life: string, settings: SpawnerSettings): Work {
  // A script before this one may have removed the folder that it found itself in.
  mkdirSync(life, { recursive: true, mode: 0o700 });
  const file = fileSync({ tmpdir: life, name: scriptName(run.key), mode: 0o600 });
  writeSync(file.fd, run.script);
  const outputFile = `${file.name}.output`;
  const output = new Output(outputFile, settings.outputLimitBytes);
  const began = performance.now();
  const env = { ...process.env, ...run.variables };
  const script = startScript({ shell: settings.shell, file: file.name, env, outputFd: output.fd });

  let interrupt: (cause: Cause) => void = () => {};
  const interrupted = new Promise<Cause>((resolve) => {
    interrupt = resolve;
  });
  const outcome = finish(script, interrupted, run, settings.shell).then((ended) => ({
    ...ended,
    tookMs: Math.round(performance.now() - began),
    output: output.close(),
  }));
  return {
    outcome,
    stop: (because) => interrupt({ ended: 'signalled', because: `it was stopped: ${because}` }),
    clear() {
      rmSync(outputFile, { force: true });
      file.removeCallback();
    },
  };
}

type Ended = Omit<HookOutcome, 'tookMs' | 'output'>;

async function finish(
  script: StartedScript,
  interrupted: Promise<Cause>,
  run: HookRun,
  shell: string,
): Promise<Ended> {
  const over = new AbortController();
  const deadline = run.timeoutMs === null ? [] : [timedOut(run.timeoutMs, over.signal)];
  const first = await Promise.race([script.ended, interrupted, ...deadline]);
  over.abort();
  if ('how' in first) return endedAs(first, shell);
  if (script.pid !== null) await endGroup(script.pid);
  const last = await Promise.race([script.ended, sleep(afterKillMs, null, { ref: false })]);
  const signal = last?.how === 'signalled' ? last.signal : null;
  const because = last === null ? `${first.because}; SIGKILL did not end it either` : first.because;
  return { ended: first.ended, exitCode: null, signal: signal ?? 'SIGTERM', because };
}

function endedAs(end: ScriptEnd, shell: string): Ended {
  if (end.how === 'exited') return { ended: 'exited', exitCode: end.exitCode, signal: null, because: null };
  if (end.how === 'signalled')
    return { ended: 'signalled', exitCode: null, signal: end.signal, because: null };
  const missing = end.code === 'ENOENT';
  const because = missing
    ? `there is no program ${shell}, which ProcessesShellCommand names (exit 127)`
    : `the system did not run ${shell}, which ProcessesShellCommand names: ${end.code} (exit 126)`;
  return { ended: 'not-started', exitCode: missing ? 127 : 126, signal: null, because };
}

async function timedOut(timeoutMs: number, signal: AbortSignal): Promise<Cause> {
  await sleep(Math.min(timeoutMs, longestTimerMs), null, { signal }).catch(() => {});
  return { ended: 'timed-out', because: `its time was ${spoken(timeoutMs)}` };
}

/** The whole group is asked to go, then made to. A child that has left the group is out of our reach. */
async function endGroup(group: number): Promise<void> {
  signalGroup(group, 'SIGTERM');
  const until = performance.now() + graceMs;
  while (signalGroup(group, 0) && performance.now() < until) await sleep(10);
  signalGroup(group, 'SIGKILL');
}
