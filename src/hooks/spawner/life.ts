import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findByArgument, lifeOf } from '../../process/recorded-process.ts';
import { signalGroup } from '../../process/run-script.ts';
import { digestOf } from './outcome-files.ts';

const lifePrefix = 'life-';
const scriptPrefix = 'orchestrator-process-cmd-';

/**
 * One life of a spawner is a folder: its pid, the scripts it is running now, their output, and a mark
 * when its controller has gone and nothing more will come. The folder's path stands on the spawner's
 * command line, so that a pid that passed to somebody else is not taken for it.
 */
export function beginLife(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return mkdtempSync(join(directory, lifePrefix));
}

export function recordPid(life: string, pid: number): void {
  writeFileSync(join(life, 'pid'), String(pid), { mode: 0o600 });
}

export function recordOrphaned(life: string): void {
  mkdirSync(life, { recursive: true, mode: 0o700 });
  writeFileSync(join(life, 'orphaned'), '', { mode: 0o600 });
}

export function livesIn(directory: string): readonly string[] {
  const names = namesIn(directory).filter((name) => name.startsWith(lifePrefix));
  return names.map((name) => join(directory, name));
}

export function isAlive(life: string): boolean {
  const pid = pidOf(life);
  return pid !== null && lifeOf({ pid, argument: life }) !== 'dead';
}

/** Whether everything its controller asked of it has reached this spawner. */
export function isOrphaned(life: string): boolean {
  return existsSync(join(life, 'orphaned'));
}

/** The name of a run's script, as orchestrator names them: digits behind a prefix. */
export function scriptName(key: string): string {
  return scriptPrefix + BigInt(`0x${digestOf(key)}`).toString();
}

/** The script is there from before its run begins until after its outcome has been written. */
export function isRunning(life: string, key: string): boolean {
  return isAlive(life) && existsSync(join(life, scriptName(key)));
}

/** Clears away a spawner that is dead, and ends what it left running without anybody to end it in time. */
export function clearLife(life: string): void {
  for (const name of namesIn(life).filter((file) => file.startsWith(scriptPrefix))) {
    const leader = findByArgument(join(life, name));
    if (leader !== null) signalGroup(leader, 'SIGKILL');
  }
  rmSync(life, { recursive: true, force: true });
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
