import { openSync, rmSync, writeFileSync } from 'node:fs';

/** Makes a file that only its owner may read. Where the disk does not take all of it, nothing stays. */
export function writePrivately(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) rmSync(file, { force: true });
    throw error;
  }
}

/** A descriptor that the text can be read from, once, and no name that anybody else could open. */
export function readOnce(file: string, text: string): number {
  writePrivately(file, text);
  const fd = openSync(file, 'r');
  rmSync(file);
  return fd;
}

/** Whether the system refused with this code, such as `ENOENT`. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
