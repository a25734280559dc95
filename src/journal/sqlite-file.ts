import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { removeOwner, spokenOwner, writeOwner } from './owner.ts';
import { mustBeFilled, mustBeOfToday, prepareTables } from './sqlite-schema.ts';

/**
 * Opens a state file and holds it alone until it is closed or the process ends, however it ends: the
 * lock is the kernel's. What is committed is on disk (synchronous=FULL).
 *
 * DANGER: opening and closing this file by any other means in the same process drops the lock, as
 * POSIX has it.
 */
export function openFile(file: string, use: 'write' | 'fill'): Database.Database {
  return sayingWhy(file, () => {
    findPlace(file);
    const database = new Database(file);
    try {
      database.exec('pragma locking_mode = exclusive; pragma synchronous = full');
      prepareTables(database, (version) => keepCopy(database, `${file}.v${version}.bak`));
      database.exec('pragma journal_mode = wal');
      if (use === 'write') mustBeFilled(database);
      writeOwner(file);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Opens a state file that nobody holds, to read it: nothing of it is changed, and it is not made. */
export function openToRead(file: string): Database.Database {
  return sayingWhy(file, () => {
    if (!existsSync(file)) throw new Error('there is no such file');
    accessSync(file, constants.R_OK);
    const database = new Database(`${pathToFileURL(file).href}?mode=ro`);
    try {
      mustBeOfToday(database);
      mustBeFilled(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function sayingWhy<Result>(file: string, open: () => Result): Result {
  try {
    return open();
  } catch (error) {
    if (codeOf(error) === 'SQLITE_BUSY')
      throw new BatonError('journal-busy', `${file} is in use by ${spokenOwner(file)}`, { cause: error });
    throw new BatonError('journal-broken', `${file} cannot be used: ${reasonOf(error, file)}`, {
      cause: error,
    });
  }
}

export function closeFile(database: Database.Database, file: string): void {
  database.close();
  removeOwner(file);
}

/** SQLite's own copy, whole and on disk when it returns, for its owner alone. */
function keepCopy(database: Database.Database, copy: string): void {
  const unfinished = `${copy}.part`;
  rmSync(unfinished, { force: true });
  closeSync(openSync(unfinished, 'wx', 0o600));
  database.prepare('vacuum into ?').run(unfinished);
  putOnDisk(unfinished);
  renameSync(unfinished, copy);
  putOnDisk(dirname(copy));
}

function putOnDisk(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** A new file is its owner's alone, for hooks may carry secrets. */
function findPlace(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    accessSync(file, constants.R_OK | constants.W_OK);
    if (!statSync(file).isFile()) throw new Error('it is no file');
  }
}

/** In words, what the system or SQLite said. */
export function reasonOf(error: unknown, file: string): string {
  const code = codeOf(error);
  return code.startsWith('SQLITE_IOERR')
    ? whyNothingIsTaken(file)
    : (reasons(file)[code] ?? messageOf(error));
}

/** SQLite keeps to itself what the system said when a write failed. The file is not opened for that: its lock would be lost. */
function whyNothingIsTaken(file: string): string {
  try {
    accessSync(file, constants.W_OK);
  } catch (error) {
    return reasons(file)[codeOf(error)] ?? messageOf(error);
  }
  return 'its disk takes nothing any more (if its file system shut itself off, start Baton again when that is mended)';
}

function reasons(file: string): Record<string, string> {
  return {
    ENOENT: `its folder ${dirname(file)} does not exist, or takes no files`,
    ENOTDIR: `${dirname(file)} is no folder`,
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'its disk is mounted read-only',
    ENOSPC: 'its disk is full',
    SQLITE_NOTADB: 'it is no database',
    SQLITE_CORRUPT: 'it is damaged',
    SQLITE_FULL: 'its disk is full',
    SQLITE_READONLY: 'it is read-only by now',
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
