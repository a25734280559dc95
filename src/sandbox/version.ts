import { runProgram } from '../process/run-program.ts';
import type { Flavour, Program } from './server-package.ts';

/**
 * What a server program says it is; null where it does not run, is of the other flavour (Debian calls
 * MariaDB `mysqld` too), or is older than the words that the sandbox speaks: MariaDB 10.5, MySQL 8.4.
 */
export async function versionOf(
  flavour: Flavour,
  server: Program,
  signal: AbortSignal,
): Promise<string | null> {
  const args = [...server.args, '--no-defaults', '--version'];
  const { exitCode, stdout } = await runProgram(server.file, args, { timeoutMs: 10_000, signal });
  const version = exitCode === 0 ? /\bVer (\S+)/.exec(stdout)?.[1] : undefined;
  if (version === undefined || /mariadb/i.test(version) !== (flavour === 'mariadb')) return null;
  const oldest = flavour === 'mariadb' ? [10, 5] : [8, 4];
  return isAtLeast(version, oldest) ? version : null;
}

function isAtLeast(version: string, [oldestMajor = 0, oldestMinor = 0]: readonly number[]): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
