import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';

/**
 * Starts a program that outlives us: own process group, output appended to `logFile`, no pipe that
 * could tie it to our life. Gives its pid; throws when it cannot be started at all.
 */
export async function startServer(
  file: string,
  args: readonly string[],
  options: { logFile: string; cwd?: string; env?: Record<string, string | undefined> },
): Promise<number> {
  const log = await open(options.logFile, 'a', 0o600);
  try {
    const child = spawn(file, args, {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: options.cwd,
      env: options.env ?? process.env,
    });
    await once(child, 'spawn');
    child.unref();
    if (child.pid === undefined) throw new Error(`${file} was started but has no pid`);
    return child.pid;
  } finally {
    await log.close();
  }
}
