import { readFile } from 'node:fs/promises';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { type ConfigRequest, type ExaminedConfig, examineConfig } from './examine.ts';
import type { Config } from './keys.ts';
import { lineOf, type Sentence } from './sentence.ts';

export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly Sentence[];
  readonly files: readonly string[];
  readonly place: ExaminedConfig['place'];
}

/**
 * The file that was named with --config alone. Where none was: `baton.json` of the working folder or of `/etc`, or else
 * orchestrator's usual ones together (orchestrator 3.2.6, section 4).
 */
export function configPaths(named?: string): ConfigRequest['paths'] {
  if (named !== undefined) return [[named]];
  return [
    ['baton.json'],
    ['/etc/baton.json'],
    ['/etc/orchestrator.conf.json', 'conf/orchestrator.conf.json', 'orchestrator.conf.json'],
  ];
}

/** The configuration, or one error with all that is wrong with it. */
export async function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  const { config, sentences, files, place } = await examineConfig(request);
  if (config === null) throw unusable(sentences);
  return { config, files, place, warnings: sentences.filter(({ severity }) => severity === 'warning') };
}

/** One error that says everything that is wrong. */
export function unusable(sentences: readonly Sentence[]): BatonError {
  const errors = sentences.filter(({ severity }) => severity === 'error').map(lineOf);
  return new BatonError(
    'config-invalid',
    `the configuration cannot be used:\n${errors.map((line) => `  ${line}`).join('\n')}`,
  );
}

/** The text of a file of this machine; null where there is none. */
export async function readTextFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new BatonError('config-missing', `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
