import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { importConf, type KeepalivedConf, type ScriptFile } from '../../protocols/keepalived/index.ts';

/** Far more than any that people write. */
const mostBytes = 16 * 1_024 * 1_024;

/** A keepalived.conf with its includes, as the router `id` reads it. Throws `vrrp-unreadable`. */
export function confOf(file: string, id: string): KeepalivedConf {
  return importConf({ file, text: textOf(file) }, { id, include: includedBy });
}

/** Throws `vrrp-unreadable`. */
export function textOf(file: string): string {
  try {
    const facts = statSync(file);
    if (!facts.isFile()) throw new Error('it is no file');
    if (facts.size > mostBytes) throw new Error(`it is larger than ${mostBytes} bytes`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BatonError('vrrp-unreadable', `${file} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

/** The ids that lines of the file are for (`@id`), for whoever wants to see it as each of its routers does. */
export function idsIn(file: string): readonly string[] {
  const named = [...textOf(file).matchAll(/^\s*@\^?(\S+)/gm)].map(([, id = '']) => id);
  return [...new Set(named)];
}

/** The files of an include, whose last part may have * ? and {a,b}; relative to the file that includes. */
function includedBy(
  pattern: string,
  from: string,
): readonly { readonly file: string; readonly text: string }[] {
  return braced(pattern).flatMap((one) => {
    const path = resolve(dirname(from), one);
    return matching(dirname(path), path.slice(path.lastIndexOf('/') + 1)).flatMap((file) => {
      try {
        return [{ file, text: textOf(file) }];
      } catch {
        return [];
      }
    });
  });
}

function braced(pattern: string): readonly string[] {
  const [, before = '', inside, after = ''] = /^([^{]*)\{([^{}]*)\}(.*)$/.exec(pattern) ?? [];
  if (inside === undefined) return [pattern];
  return inside.split(',').flatMap((one) => braced(`${before}${one}${after}`));
}

function matching(folder: string, name: string): readonly string[] {
  if (!/[*?]/.test(name)) return [join(folder, name)];
  const escaped = name
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const pattern = new RegExp(`^${escaped}$`);
  try {
    return readdirSync(folder)
      .filter((one) => !one.startsWith('.') && pattern.test(one))
      .toSorted()
      .map((one) => join(folder, one));
  } catch {
    return [];
  }
}

/** What a script's file is, on this machine. */
export function scriptFile(path: string): ScriptFile {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined || !facts.isFile())
    return { exists: false, executable: false, startable: false, writableFolder: null };
  return {
    exists: true,
    executable: (facts.mode & 0o111) !== 0,
    startable: isStartable(path),
    writableFolder: writableAbove(path),
  };
}

function isStartable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    const file = openSync(path, 'r');
    const head = Buffer.alloc(4);
    const read = readSync(file, head, 0, 4, 0);
    closeSync(file);
    return head.toString('latin1', 0, Math.min(read, 2)) === '#!' || head.toString('latin1') === '\u007fELF';
  } catch {
    // What cannot be read cannot be blamed.
    return true;
  }
}

function writableAbove(path: string): string | null {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode } = statSync(folder);
    const isSticky = (mode & 0o1000) !== 0;
    if ((mode & 0o022) !== 0 && !isSticky) return folder;
    if (folder === '/') return null;
  }
}
