import { constants } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../kernel/errors.ts';
import { bySequence } from '../../protocols/pacemaker/same-signal.ts';
import { type Signal, signalOf, signalVariables } from '../../protocols/pacemaker/signals.ts';

/** Far more than an environment of the variables that are kept. */
const mostBytes = 256 * 1_024;

/** A file of the spool, and what it tells. */
export interface Spooled {
  readonly file: string;
  readonly signal: Signal;
}

/** A file of the spool that tells nothing. */
export interface Refused {
  readonly file: string;
  readonly because: string;
}

/**
 * What agents left in their spool, in the order in which it happened as far as that is known. A file stays until it is
 * taken (`taken`), so what was not dealt with is found again by the next life. Throws what the system says of the
 * directory itself.
 */
export async function readSpool(
  directory: string,
): Promise<{ readonly spooled: readonly Spooled[]; readonly refused: readonly Refused[] }> {
  const files = (await readdir(directory))
    .filter((name) => /^\d+\.\d+(\.[A-Za-z0-9-]*)?\.signal$/.test(name))
    .toSorted(byName);
  const spooled: Spooled[] = [];
  const refused: Refused[] = [];
  for (const file of files) {
    const read = await signalIn(join(directory, file));
    if (read === null) continue;
    if (typeof read !== 'string') spooled.push({ file, signal: read });
    else refused.push({ file, because: read });
  }
  return { spooled: spooled.toSorted((a, b) => bySequence(a.signal, b.signal)), refused };
}

/** Under another name it is read no more, and there for people to look at. */
export async function putAside(directory: string, file: string): Promise<void> {
  await rename(join(directory, file), join(directory, `${file}.refused`));
}

/** Whatever it told is dealt with: nobody will read this file again. */
export async function taken(directory: string, file: string): Promise<void> {
  await rm(join(directory, file), { force: true });
}

/** By the second in which they were begun; a process's number says nothing, but keeps the order the same. */
function byName(a: string, b: string): number {
  const [[aSecond = 0, aProcess = 0], [bSecond = 0, bProcess = 0]] = [numbersIn(a), numbersIn(b)];
  return aSecond - bSecond || aProcess - bProcess || (a < b ? -1 : 1);
}

function numbersIn(name: string): readonly number[] {
  return name.split('.').slice(0, 2).map(Number);
}

/** The signal, or why there is none; null where somebody else has taken the file. */
async function signalIn(path: string): Promise<Signal | string | null> {
  try {
    const text = await textOf(path);
    if (text === null) return `it is longer than ${mostBytes} bytes`;
    return signalOf(variablesIn(text)) ?? 'it tells of nothing that is known';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return messageOf(error);
  }
}

/** Null where it is too long. Neither follows a link nor waits for a pipe: others may write into the spool. */
async function textOf(path: string): Promise<string | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new Error('it is no file');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes + 1), 0, mostBytes + 1, 0);
    return bytesRead > mostBytes ? null : buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function variablesIn(text: string): Readonly<Record<string, string>> {
  const pairs = text.split('\0').flatMap((one): [string, string][] => {
    const name = one.slice(0, Math.max(0, one.indexOf('=')));
    return signalVariables.includes(name) ? [[name, one.slice(name.length + 1)]] : [];
  });
  return Object.fromEntries(pairs);
}
