import { constants, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

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

/** open(2): a file without a name, that goes when nobody has it open any more. Node has no word for it. */
const nameless = 0o20_000_000 | constants.O_DIRECTORY;

/**
 * A file to be appended to and read that only we can reach. Where the file system knows no files without a
 * name, it has one for a moment.
 */
export function openNameless(file: string): number {
  const access = constants.O_RDWR | constants.O_APPEND;
  try {
    return openSync(dirname(file), access | nameless, 0o600);
  } catch {
    const fd = openSync(file, access | constants.O_CREAT | constants.O_EXCL, 0o600);
    rmSync(file);
    return fd;
  }
}

/** Whether the system refused with this code, such as `ENOENT`. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
