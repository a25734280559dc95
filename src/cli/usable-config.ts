import { diagnose } from '../config/doctor.ts';
import { configPaths, type LoadedConfig, loadConfig, readTextFile, unusable } from '../config/load.ts';
import { accessSentences } from '../controller/access.ts';
import { hookSentences } from './hook-sentences.ts';
import { surroundingsOf } from './surroundings.ts';

/**
 * The configuration a controller may be started with: read, and examined as `baton config check` does.
 * What is doubtful is among its warnings. Throws `config-invalid` with everything that is wrong at once.
 */
export async function usableConfig(file: string | undefined): Promise<LoadedConfig> {
  const loaded = await loadConfig({
    paths: configPaths(file),
    environment: process.env,
    readText: readTextFile,
  });
  const { config, place } = loaded;
  const findings = [
    ...diagnose(config, surroundingsOf([])),
    ...hookSentences(config),
    ...accessSentences(config),
  ].map(place);
  if (findings.some(({ severity }) => severity === 'error')) throw unusable(findings);
  const doubtful = findings.filter(({ severity }) => severity === 'warning');
  return { ...loaded, warnings: [...loaded.warnings, ...doubtful] };
}
