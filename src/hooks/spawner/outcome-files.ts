import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { HookOutcome } from '../../engine/record.ts';

const keptForMs = 7 * 24 * 3_600 * 1_000;

/**
 * Writes how a run ended so that whoever looks sees all of it or nothing, and it outlasts a power loss: its
 * controller is gone, so nothing else keeps it. Where the folder is gone too, so is that controller's state.
 */
export function writeOutcome(directory: string, key: string, outcome: HookOutcome): void {
  const file = outcomeFile(directory, key);
  writeFileSync(`${file}.new`, JSON.stringify({ key, outcome }), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  flushFolder(dirname(file));
}

/** A file's name is on disk when its folder is. */
function flushFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Makes the folder, and forgets what no controller will ask for any more: outcomes a week old. */
export function openOutcomes(directory: string): void {
  const folder = join(directory, 'outcomes');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    // A spawner of an earlier life may be at it: a name that was there is another one now.
    const found = statSync(file, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > keptForMs) rmSync(file, { force: true });
  }
}

/** A run's key has characters that no file name can; its digest names its files. */
export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

export function outcomeFile(directory: string, key: string): string {
  return join(directory, 'outcomes', `${digestOf(key)}.json`);
}
