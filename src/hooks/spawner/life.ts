import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirSync } from 'tmp-promise';
import { signalGroup } from '../../process/process-group.ts';
import { lifeOf, signalRecorded } from '../../process/recorded-process.ts';
import { leaderOf } from './leftovers.ts';
import { digestOf } from './outcome-files.ts';
import { isErrno, writePrivately } from './private-file.ts';

const lifePrefix = 'life';
const scriptPrefix = 'orchestrator-process-cmd-';

/**
 * One life of a spawner is a folder: its pid, the scripts it is running now, their output, and a mark
 * when its controller has gone and nothing more will come. The folder's path stands on the spawner's
 * command line, so that a pid that passed to somebody else is not taken for it.
 */
export function beginLife(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return dirSync({ tmpdir: directory, prefix: lifePrefix, mode: 0o700, keep: true }).name;
}

export function recordPid(life: string, pid: number): void {
  writeFileSync(join(life, 'pid'), String(pid), { mode: 0o600 });
}

/**
 * Makes no folder: where somebody has removed it, as with all of a controller's state, it stays removed.
 * Who finds no mark, on a full disk too, waits a little longer for this spawner.
 */
export function recordOrphaned(life: string): void {
  try {
    writeFileSync(join(life, 'orphaned'), '', { mode: 0o600 });
  } catch {}
}

export function livesIn(directory: string): readonly string[] {
  const names = namesIn(directory).filter((name) => name.startsWith(lifePrefix));
  return names.map((name) => join(directory, name));
}

export function isAlive(life: string): boolean {
  const pid = pidOf(life);
  return pid !== null && lifeOf({ pid, argument: life }) !== 'dead';
}

/** A script can stop the spawner that it was started by, and with it the deadlines of all. */
export function wake(life: string): void {
  const pid = pidOf(life);
  if (pid !== null && lifeOf({ pid, argument: life }) === 'frozen')
    signalRecorded({ pid, argument: life }, 'SIGCONT');
}

/** Whether everything its controller asked of it has reached this spawner. */
export function isOrphaned(life: string): boolean {
  return existsSync(join(life, 'orphaned'));
}

/**
 * The mark of a run is there from before it begins until after its outcome has been written. It holds
 * the run's script where it has one, and is named as orchestrator names scripts: digits behind a prefix.
 */
export function markRun(life: string, key: string, script: string): string {
  const mark = join(life, markName(key));
  try {
    writePrivately(mark, script);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    // A script before this one has removed the folder that it found itself in.
    mkdirSync(life, { recursive: true, mode: 0o700 });
    writePrivately(mark, script);
  }
  return mark;
}

export function isRunning(life: string, key: string): boolean {
  return isAlive(life) && existsSync(join(life, markName(key)));
}

/** Clears away a spawner that is dead, and ends what it left running without anybody to end it in time. */
export function clearLife(life: string): void {
  const marks = namesIn(life).filter((name) => name.startsWith(scriptPrefix) && !name.includes('.'));
  for (const mark of marks) {
    const leader = leaderOf((key) => markName(key) === mark);
    if (leader !== null) signalGroup(leader, 'SIGKILL');
  }
  rmSync(life, { recursive: true, force: true });
}

function markName(key: string): string {
  return scriptPrefix + BigInt(`0x${digestOf(key)}`).toString();
}

/** None where a script has removed the folder. */
function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function pidOf(life: string): number | null {
  try {
    return Number(readFileSync(join(life, 'pid'), 'utf8')) || null;
  } catch {
    return null;
  }
}
