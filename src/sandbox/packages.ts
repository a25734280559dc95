import { join } from 'node:path';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { fetchFromDebian } from './debian.ts';
import { findInstalled } from './installed.ts';
import { type Flavour, flavourNames, type ServerPackage, type Tell } from './server-package.ts';
import { inTurn } from './turn.ts';
import { findUnpacked } from './unpacked.ts';

/** Which server is wanted. */
export interface ServerWish {
  readonly flavour: Flavour;
  /** Take the one of this Debian suite (`trixie`), whatever is installed here. */
  readonly suite?: string;
}

/**
 * A server to make sandboxes of: the one that is installed here, else the one that was unpacked in the
 * cache folder before, else Debian's, fetched and unpacked there now. Installs nothing. Throws
 * `packages-unavailable` where none can be had.
 */
export async function findServerPackage(
  { flavour, suite }: ServerWish,
  options: { cacheDirectory: string; tell: Tell; signal: AbortSignal },
): Promise<ServerPackage> {
  const { cacheDirectory, tell, signal } = options;
  const installed = suite === undefined ? await findInstalled(flavour, signal) : null;
  if (installed !== null) return installed;
  const name = [flavour, suite ?? [], process.arch].flat().join('-');
  const home = join(cacheDirectory, 'servers', name);
  return inTurn(home, signal, async () => {
    const unpacked = await findUnpacked(flavour, home, signal);
    if (unpacked !== null) return unpacked;
    try {
      return await fetchFromDebian({ flavour, suite, home, tell, signal });
    } catch (error) {
      signal.throwIfAborted();
      const because = `No ${flavourNames[flavour]} server is installed here, and none could be fetched`;
      throw new BatonError('packages-unavailable', `${because}: ${messageOf(error)}`, { cause: error });
    }
  });
}
