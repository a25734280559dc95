import { accessSync, constants, existsSync, statSync } from 'node:fs';
import type { Surroundings } from '../config/doctor-rows.ts';

/** This machine, as the doctor of configurations asks of it. */
export function surroundingsOf(secretFiles: readonly string[]): Surroundings {
  return { secretFiles, exists: existsSync, isExecutable, isReadableByAll, environment: process.env };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isReadableByAll(path: string): boolean {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o004) !== 0;
}
