import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../src/kernel/errors.ts';
import { cacheDirectory } from '../../src/sandbox/cache.ts';
import { fetchPackages } from '../../src/sandbox/debian.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { inTurn } from '../../src/sandbox/turn.ts';
import { flavoursHere } from './flavours.ts';

const never = new AbortController().signal;

/** The flavours whose binary logs can be read here; a reader that cannot be had is named, and under `CI=true` a failure. */
export async function readersHere(): Promise<readonly Flavour[]> {
  const here = await flavoursHere();
  const reader = here.includes('mariadb') ? await mariadbBinlog() : null;
  return here.filter((flavour) => flavour === 'mysql' || reader !== null);
}

/** Debian's mariadb-binlog as a shell's words: it is not beside the server in a sandbox. Null where it cannot be had. */
export async function mariadbBinlog(): Promise<string | null> {
  const home = join(cacheDirectory(process.env), 'servers', `mariadb-binlog-${process.arch}`);
  const program = (root: string) => join(root, 'usr/bin/mariadb-binlog');
  const isWhole = async (root: string) => existsSync(program(root));
  const wanted = { packages: ['mariadb-client'], suite: null };
  try {
    await inTurn(home, never, async () => {
      if (!(await isWhole(home))) await fetchPackages(wanted, { home, isWhole, signal: never });
    });
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    console.log(`Skipped: what needs mariadb-binlog. ${messageOf(error)}`);
    return null;
  }
  const folders = await librariesIn(home);
  const loader = folders.flatMap(({ folder, names }) =>
    names.filter((name) => /^ld-linux.*\.so\.\d+$/.test(name)).map((name) => join(folder, name)),
  );
  const path = folders.map(({ folder }) => folder).join(':');
  return `${loader[0]} --library-path ${path} ${program(home)}`;
}

async function librariesIn(home: string) {
  const found: { readonly folder: string; readonly names: readonly string[] }[] = [];
  for (const parent of ['lib', 'usr/lib'])
    for (const name of await readdir(join(home, parent)).catch(() => [])) {
      const folder = join(home, parent, name);
      if (name.includes('-linux-')) found.push({ folder, names: await readdir(folder) });
    }
  return found;
}
