import type { Config } from '../config/keys.ts';
import type { Hooks, Teller } from '../engine/ports.ts';
import type { HookRunner } from '../hooks/runner.ts';
import { hooksOf } from '../hooks/stage.ts';
import type { Clock } from '../kernel/clock.ts';

/** The hook stages of a configuration; its lists go by the names of the stages. */
export function hooksOfConfig(
  config: Config,
  world: { runner: HookRunner; clock: Clock; teller: Teller },
): Hooks {
  return hooksOf({
    ...world,
    lists: config,
    settings: {
      substitution: config.HookSubstitution,
      compatibility: config.HookCompatibility,
      timeoutSeconds: config.HookTimeoutSeconds,
      stageTimeoutSeconds: config.HookStageTimeoutSeconds,
      askTimeoutSeconds: config.HookAskTimeoutSeconds,
      postHooksCount: config.FailRecoveryOnFailedPostFailoverProcesses,
    },
  });
}
