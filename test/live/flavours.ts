import { messageOf } from '../../src/kernel/errors.ts';
import { cacheDirectory } from '../../src/sandbox/cache.ts';
import { findServerPackage } from '../../src/sandbox/packages.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';

/**
 * The flavours that can be had on this machine. One that cannot is named and skipped; where the whole
 * of the tests is wanted (`CI=true`) its absence is a failure.
 */
export async function flavoursHere(): Promise<readonly Flavour[]> {
  const here: Flavour[] = [];
  for (const flavour of ['mariadb', 'mysql'] as const) {
    try {
      await findServerPackage({
        flavour,
        cacheDirectory: cacheDirectory(process.env),
        tell: (sentence) => console.log(sentence),
        signal: new AbortController().signal,
      });
      here.push(flavour);
    } catch (error) {
      if (process.env['CI'] === 'true') throw error;
      console.log(`Skipped: what needs ${flavour}. ${messageOf(error)}`);
    }
  }
  return here;
}
