import { messageOf } from '../../src/kernel/errors.ts';
import { cacheDirectory } from '../../src/sandbox/cache.ts';
import { findServerPackage, type ServerWish } from '../../src/sandbox/packages.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';

/**
 * The flavours that can be had on this machine. One that cannot is named and skipped; where the whole
 * of the tests is wanted (`CI=true`) its absence is a failure.
 */
export async function flavoursHere(): Promise<readonly Flavour[]> {
  const here = await Promise.all(
    (['mariadb', 'mysql'] as const).map(async (flavour) => ((await isHere({ flavour })) ? [flavour] : [])),
  );
  return here.flat();
}

/** A server to try, and what a test calls it. */
export interface Release extends ServerWish {
  readonly name: string;
}

/** Every server that can be had: one of each flavour, and a newer MariaDB. */
export async function releasesHere(): Promise<readonly Release[]> {
  const releases: readonly Release[] = [
    { name: 'MariaDB', flavour: 'mariadb' },
    { name: 'MariaDB 11.8', flavour: 'mariadb', suite: 'trixie' },
    { name: 'MySQL', flavour: 'mysql' },
  ];
  const here: Release[] = [];
  for (const release of releases) if (await isHere(release)) here.push(release);
  return here;
}

async function isHere(wish: ServerWish): Promise<boolean> {
  try {
    await findServerPackage(wish, {
      cacheDirectory: cacheDirectory(process.env),
      tell: (sentence) => console.log(sentence),
      signal: new AbortController().signal,
    });
    return true;
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    const { flavour, suite = 'installed or fetched' } = wish;
    console.log(`Skipped: what needs ${flavour} (${suite}). ${messageOf(error)}`);
    return false;
  }
}
