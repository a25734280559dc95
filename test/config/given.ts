import { type ExaminedConfig, examineConfig } from '../../src/config/examine.ts';
import type { Config } from '../../src/config/keys.ts';

/** Files that exist only for the test, by path. */
export interface Files {
  readonly [path: string]: string;
}

export const path = '/etc/baton.json';

/** Examines one configuration, given as an object or as the text of the file. */
export function examined(
  file: object | string,
  world: { readonly environment?: Record<string, string>; readonly files?: Files } = {},
): Promise<ExaminedConfig> {
  const { environment = {}, files = {} } = world;
  const text = typeof file === 'string' ? file : JSON.stringify(file, null, 2);
  return examineConfig({ paths: [[path]], environment, readText: reader({ ...files, [path]: text }) });
}

export function reader(files: Files): (path: string) => Promise<string | null> {
  return async (path) => files[path] ?? null;
}

/** The configuration of a file that must be one. */
export async function configOf(...given: Parameters<typeof examined>): Promise<Config> {
  const { config, sentences } = await examined(...given);
  if (config === null) throw new Error(sentences.map(({ text }) => text).join('\n'));
  return config;
}

/** What is said, as `severity: text`. */
export async function saidOf(...given: Parameters<typeof examined>): Promise<readonly string[]> {
  const { sentences } = await examined(...given);
  return sentences.map(({ severity, text }) => `${severity}: ${text}`);
}
