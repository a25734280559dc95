import { existsSync } from 'node:fs';
import { diagnose } from '../config/doctor.ts';
import { configPaths, type LoadedConfig, loadConfig, readTextFile } from '../config/load.ts';
import { lineOf } from '../config/sentence.ts';
import { BatonError } from '../kernel/errors.ts';

/**
 * The configuration a controller may be started with: read, and examined as `baton config check` does.
 * Throws `config-invalid` with everything that is wrong at once.
 */
export async function usableConfig(file: string | undefined): Promise<LoadedConfig> {
  const loaded = await loadConfig({
    paths: configPaths(file),
    environment: process.env,
    readText: readTextFile,
  });
  const findings = diagnose(loaded.config, {
    secretFiles: [],
    exists: existsSync,
    isReadableByAll: () => false,
  });
  const errors = findings.filter(({ severity }) => severity === 'error').map(lineOf);
  if (errors.length === 0) return loaded;
  throw new BatonError(
    'config-invalid',
    `the configuration cannot be used:\n${errors.map((line) => `  ${line}`).join('\n')}`,
  );
}
