import { diagnose } from '../config/doctor.ts';
import { examineConfig } from '../config/examine.ts';
import type { Config } from '../config/keys.ts';
import { configPaths, readTextFile } from '../config/load.ts';
import { type Sentence, sentence } from '../config/sentence.ts';
import { accessSentences } from '../controller/access.ts';
import { BatonError } from '../kernel/errors.ts';
import { hookSentences } from './hook-sentences.ts';
import { surroundingsOf } from './surroundings.ts';

/** All that is to be said of a configuration without asking any server. */
export interface CheckedConfig {
  readonly files: readonly string[];
  readonly findings: readonly Sentence[];
  /** Null where it cannot be used. */
  readonly config: Config | null;
}

/** Throws `config-missing`. */
export async function checkConfig(named: string | undefined): Promise<CheckedConfig> {
  const paths = configPaths(named);
  try {
    const request = { paths, environment: process.env, readText: readTextFile };
    const { config, sentences, files, secretFiles, place } = await examineConfig(request);
    const more =
      config === null
        ? []
        : [
            ...diagnose(config, surroundingsOf(secretFiles)),
            ...hookSentences(config),
            ...accessSentences(config),
          ];
    const findings = [...sentences, ...more.map(place)];
    const isUsable = !findings.some(({ severity }) => severity === 'error');
    return { files, findings, config: isUsable ? config : null };
  } catch (error) {
    if (!(error instanceof BatonError) || error.code !== 'config-not-json') throw error;
    return { files: paths.flat(), findings: [sentence('error', null, error.message)], config: null };
  }
}
