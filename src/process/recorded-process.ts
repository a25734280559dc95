import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A process that was started earlier, perhaps by another life of ours, known by one whole argument of
 * its command line that nothing else on the machine has. A pid alone proves nothing: it may have
 * passed to somebody else, so the argument is looked for in /proc before every signal.
 */
export interface RecordedProcess {
  readonly pid: number;
  readonly argument: string;
}

/** `frozen` is stopped by a signal; `dead` may also be a process whose pid is somebody else's now. */
export type Life = 'alive' | 'frozen' | 'dead';

export function lifeOf(recorded: RecordedProcess): Life {
  if (!isOurs(recorded)) return 'dead';
  const state = stateOf(recorded.pid);
  if (state === null || state === 'Z' || state === 'X') return 'dead';
  return state === 'T' ? 'frozen' : 'alive';
}

/** Signals the process if it still is the one that was recorded; says whether it was. */
export function signalRecorded(recorded: RecordedProcess, signal: NodeJS.Signals): boolean {
  if (!isOurs(recorded)) return false;
  try {
    return process.kill(recorded.pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/** The pid of the process with exactly this argument on its command line; null where there is none. */
export function findByArgument(argument: string): number | null {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).find((pid) => isOurs({ pid, argument })) ?? null;
}

/**
 * Resolves once nothing of the process holds a file or a port any more; false when `timeoutMs` passed
 * first. A zombie counts as gone when its other threads are: not every first process of a container reaps.
 */
export async function untilGone(recorded: RecordedProcess, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!isGone(recorded)) {
    if (performance.now() > deadline) return false;
    await sleep(5);
  }
  return true;
}

/** Resolves once a stop or a continuation that was signalled has taken effect; false when `timeoutMs` passed first. */
export async function untilLife(recorded: RecordedProcess, life: Life, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (lifeOf(recorded) !== life) {
    if (performance.now() > deadline) return false;
    await sleep(2);
  }
  return true;
}

function isGone({ pid, argument }: RecordedProcess): boolean {
  const state = stateOf(pid);
  if (state === null) return true;
  if (state === 'Z') return threadsOf(pid) <= 1;
  const words = argumentsOf(pid);
  // A dying process has lost its arguments before it has closed its files.
  return words.length > 0 && !words.includes(argument);
}

function isOurs({ pid, argument }: RecordedProcess): boolean {
  return argumentsOf(pid).includes(argument);
}

function argumentsOf(pid: number): readonly string[] {
  const line = readProc(pid, 'cmdline');
  return line === null || line === '' ? [] : line.split('\0');
}

/** The letter of proc(5): R, S, D, T, Z, X; null where there is no such process. */
function stateOf(pid: number): string | null {
  const line = readProc(pid, 'stat');
  // The name before it stands in brackets and may hold anything, brackets and blanks included.
  return line === null ? null : (line.slice(line.lastIndexOf(')') + 2)[0] ?? null);
}

function threadsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
