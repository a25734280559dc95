import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const mark = 'BATON_OWN_NETWORK';
/** All that is in a file together; each test in it has its own bound. */
const mostMs = 900_000;

/** Whether this process runs in a network of its own, where rules hurt nobody. */
export const isInOwnNetwork = process.env[mark] === '1';

/** Null, or why this machine lets us have no network of our own. */
export function whyNoOwnNetwork(): string | null {
  const { status, stderr, error } = spawnSync('unshare', inside('nft list tables'), { encoding: 'utf8' });
  if (status === 0) return null;
  return error?.message ?? stderr.trim();
}

/** Runs a test file once more, in a network of its own; what it says is said here. Answers how it ended. */
export function runInOwnNetwork(testFile: string): number | null {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
  const words = [process.execPath, vitest, 'run', '--no-color', fileURLToPath(testFile)];
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  return runOnceMore(words, { cwd, timeout: mostMs });
}

/** Runs a program in a network of its own, where `isInOwnNetwork` is true; answers how it ended. */
export function runOnceMore(
  words: readonly string[],
  how: { cwd?: string; timeout?: number } = {},
): number | null {
  const { status } = spawnSync('unshare', inside(words.map((word) => `'${word}'`).join(' ')), {
    env: { ...process.env, [mark]: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
    ...how,
  });
  return status;
}

/** The words for unshare; loopback is down in a new network. */
function inside(command: string): string[] {
  const own = process.getuid?.() === 0 ? ['-n', '-m'] : ['-n', '-m', '--map-root-user'];
  return [...own, 'sh', '-c', `ip link set lo up && ${command}`];
}
