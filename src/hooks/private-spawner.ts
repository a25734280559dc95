import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HookRunner } from './runner.ts';
import { type SpawnerOptions, startSpawner } from './spawner/client.ts';

/**
 * A spawner for `use` alone, in a temporary folder that only this user may enter. Both are gone when
 * `use` is done; what a hook left behind by then lives on.
 */
export async function withPrivateSpawner<Result>(
  options: Omit<SpawnerOptions, 'directory'>,
  use: (runner: HookRunner) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-hooks-'));
  try {
    const spawner = await startSpawner({ ...options, directory });
    return await use(spawner).finally(() => spawner.close());
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
