import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { fetchPackages } from './debian.ts';
import type { Tell } from './server-package.ts';
import { inTurn } from './turn.ts';

/** Debian’s etcd, unpacked in the cache folder: fetched there now if it was not before. Installs nothing. Throws `packages-unavailable`. */
export async function findEtcd(options: {
  cacheDirectory: string;
  tell: Tell;
  signal: AbortSignal;
}): Promise<string> {
  const { cacheDirectory, tell, signal } = options;
  const home = join(cacheDirectory, 'servers', `etcd-${process.arch}`);
  const program = (root: string) => join(root, 'usr/bin/etcd');
  return inTurn(home, signal, async () => {
    if (existsSync(program(home))) return program(home);
    tell(`Fetching etcd with apt, about 8 MB, into ${home}; nothing is installed.`);
    try {
      const wanted = { packages: ['etcd-server'], suite: null };
      await fetchPackages(wanted, { home, isWhole: async (root) => existsSync(program(root)), signal });
      return program(home);
    } catch (error) {
      signal.throwIfAborted();
      throw new BatonError('packages-unavailable', `No etcd could be fetched: ${messageOf(error)}`, {
        cause: error,
      });
    }
  });
}
