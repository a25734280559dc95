import type { Config } from '../config/keys.ts';
import type { HookSettings } from './render.ts';

/** The part of a configuration that all its hooks are run by. */
export function hookSettingsOf(config: Config): HookSettings {
  return {
    substitution: config.HookSubstitution,
    compatibility: config.HookCompatibility,
    timeoutSeconds: config.HookTimeoutSeconds,
    stageTimeoutSeconds: config.HookStageTimeoutSeconds,
    lengthySeconds: config.RebuildTimeoutSeconds,
    askTimeoutSeconds: config.HookAskTimeoutSeconds,
    postHooksCount: config.FailRecoveryOnFailedPostFailoverProcesses,
  };
}
