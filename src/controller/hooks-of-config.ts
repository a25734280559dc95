import type { Config } from '../config/keys.ts';
import type { Hooks } from '../engine/ports.ts';
import type { HookRunner } from '../hooks/runner.ts';
import { hookSettingsOf } from '../hooks/settings.ts';
import type { SpawnerOptions } from '../hooks/spawner/client.ts';
import { hooksOf } from '../hooks/stage.ts';
import type { Clock } from '../kernel/clock.ts';
import { redactor } from '../telemetry/redact.ts';
import { secretTextsOf, secretVariablesOf } from './secret-variables.ts';

/** The hook stages of a configuration; its lists go by the names of the stages. */
export function hooksOfConfig(config: Config, world: { runner: HookRunner; clock: Clock }): Hooks {
  return hooksOf({ ...world, lists: config, settings: hookSettingsOf(config) });
}

/** How the hooks of a configuration are run, wherever that is done. */
export function spawnerOptionsOf(config: Config): Omit<SpawnerOptions, 'directory'> {
  const redact = redactor(secretTextsOf(config, process.env));
  return {
    shell: config.ProcessesShellCommand,
    outputLimitBytes: config.HookOutputLimitBytes,
    environment: { kind: config.HookEnvironment, withhold: secretVariablesOf(config, process.env) },
    redact: (text) => String(redact(text)),
  };
}
