import type { Server } from './observation.ts';

/** `10.11` of `10.11.19-MariaDB-log`. */
export function majorVersionOf({ version }: Pick<Server, 'version'>): string {
  return version.split('.').slice(0, 2).join('.');
}

/** Negative where `a` is of the older major version. By number: 10.11 comes after 10.6. */
export function compareMajorVersions(a: Pick<Server, 'version'>, b: Pick<Server, 'version'>): number {
  if (a.version === b.version) return 0;
  const [left, right] = [numbersOf(a), numbersOf(b)];
  return left.major - right.major || left.minor - right.minor;
}

function numbersOf({ version }: Pick<Server, 'version'>): { major: number; minor: number } {
  const [, major = 0, minor = 0] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return { major: Number(major), minor: Number(minor) };
}

const binlogFormats = ['STATEMENT', 'MIXED', 'ROW'];

/** STATEMENT before MIXED before ROW: who logs in one of them can take what comes in it or in one before it. */
export function binlogFormatRank({ binlogFormat }: Pick<Server, 'binlogFormat'>): number {
  return binlogFormats.indexOf(binlogFormat.toUpperCase());
}
