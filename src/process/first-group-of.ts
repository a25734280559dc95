import { spawnSync } from 'node:child_process';

/** The number of a user's first group, wherever this machine keeps its users; null where it has no such user. */
export function firstGroupOf(user: string): string | null {
  const { status, stdout } = spawnSync('id', ['-g', '--', user], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
