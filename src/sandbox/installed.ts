import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Flavour, ServerPackage } from './server-package.ts';
import { versionOf } from './version.ts';

const names: Record<Flavour, { readonly server: readonly string[]; readonly client: readonly string[] }> = {
  mariadb: { server: ['mariadbd', 'mysqld'], client: ['mariadb', 'mysql'] },
  mysql: { server: ['mysqld'], client: ['mysql'] },
};

/** Where distributions put servers, which are not in everybody's PATH. */
const serverFolders = ['/usr/sbin', '/usr/libexec', '/usr/local/sbin', '/usr/local/bin'];

/** The server that is installed on this machine, with its client; null where there is none of this flavour. */
export async function findInstalled(flavour: Flavour, signal: AbortSignal): Promise<ServerPackage | null> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), ...serverFolders];
  const client = findProgram(names[flavour].client, folders);
  const server = findProgram(names[flavour].server, folders);
  if (client === null || server === null) return null;
  const shareDirectory = findShare(dirname(dirname(server)));
  if (shareDirectory === null) return null;
  const program = { file: server, args: [] };
  const version = await versionOf(flavour, program, signal);
  if (version === null) return null;
  return {
    flavour,
    version,
    server: program,
    client: { file: client, args: [] },
    shareDirectory,
    pluginDirectory: null,
  };
}

function findProgram(candidates: readonly string[], folders: readonly string[]): string | null {
  const paths = candidates.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** The folder of messages and system tables: its name differs between distributions. */
export function findShare(prefix: string): string | null {
  const candidates = ['mysql', 'mariadb', 'mysql-9.7', ''].map((name) => join(prefix, 'share', name));
  return candidates.find((folder) => existsSync(join(folder, 'english', 'errmsg.sys'))) ?? null;
}
