import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findShare } from './installed.ts';
import type { Flavour, Program, ServerPackage } from './server-package.ts';
import { versionOf } from './version.ts';

const programs: Record<Flavour, { readonly server: string; readonly client: string }> = {
  mariadb: { server: 'usr/sbin/mariadbd', client: 'usr/bin/mariadb' },
  mysql: { server: 'usr/sbin/mysqld', client: 'usr/bin/mysql' },
};

/**
 * The server whose packages lie unpacked in `home`, with all the libraries they need, the C library
 * included: its own loader starts it, so it runs whatever this machine has. Null where it does not run.
 */
export async function findUnpacked(
  flavour: Flavour,
  home: string,
  signal: AbortSignal,
): Promise<ServerPackage | null> {
  const libraries = await findLibraries(home);
  const shareDirectory = findShare(join(home, 'usr'));
  if (libraries === null || shareDirectory === null) return null;
  const started = (path: string): Program => ({
    file: libraries.loader,
    args: ['--library-path', libraries.folders.join(':'), join(home, path)],
  });
  const server = started(programs[flavour].server);
  const version = await versionOf(flavour, server, signal);
  if (version === null) return null;
  const plugins = join(home, 'usr/lib/mysql/plugin');
  return {
    flavour,
    version,
    server,
    client: started(programs[flavour].client),
    shareDirectory,
    pluginDirectory: existsSync(plugins) ? plugins : null,
  };
}

/** The folders of a Debian architecture's libraries (`lib/x86_64-linux-gnu`) and the loader in one of them. */
async function findLibraries(home: string): Promise<{ loader: string; folders: readonly string[] } | null> {
  const folders: string[] = [];
  for (const parent of ['lib', 'usr/lib']) {
    const names = await readdir(join(home, parent)).catch(() => []);
    folders.push(...names.filter((name) => name.includes('-linux-')).map((name) => join(home, parent, name)));
  }
  for (const folder of folders) {
    const loader = (await readdir(folder)).find((name) => /^ld-linux.*\.so\.\d+$/.test(name));
    if (loader !== undefined) return { loader: join(folder, loader), folders };
  }
  return null;
}
