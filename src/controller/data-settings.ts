import type { FencingLevel } from '../analysis/cost/fencing.ts';
import type { Config } from '../config/keys.ts';
import type { StepSettings } from '../steps/step-world.ts';

type DataSettings = Pick<
  StepSettings,
  | 'fencingReachable'
  | 'selfFencingMs'
  | 'fenceCommand'
  | 'signalCommand'
  | 'rescueCommand'
  | 'withoutAcknowledger'
  | 'pollMs'
>;

/** How far Baton goes to keep the old primary from writing, and to keep what it wrote. */
export function dataSettingsOf(config: Config): DataSettings {
  const { FenceCommand, FenceCommandProves, SelfFencingSeconds, RescueCommand } = config;
  return {
    fencingReachable: reachableBy(config),
    selfFencingMs: SelfFencingSeconds * 1_000,
    fenceCommand:
      FenceCommand === ''
        ? null
        : {
            command: FenceCommand,
            timeoutMs: config.FenceTimeoutSeconds * 1_000,
            proves: FenceCommandProves,
          },
    signalCommand:
      config.SignalCommand === ''
        ? null
        : { command: config.SignalCommand, timeoutMs: config.HookTimeoutSeconds * 1_000 },
    rescueCommand:
      RescueCommand === ''
        ? null
        : {
            command: RescueCommand,
            timeoutMs: config.RescueTimeoutSeconds * 1_000,
            limitBytes: config.RescueLimitBytes,
            folder: `${config.StateFile}.rescued`,
            applyCommand: config.RescueApplyCommand === '' ? null : config.RescueApplyCommand,
          },
    withoutAcknowledger: config.PromoteWithoutAcknowledger,
    pollMs: config.InstancePollSeconds * 1_000,
  };
}

/** Of a primary that cannot be reached: power that is cut is proof, and what it does by itself takes its time. */
function reachableBy({ FenceCommand, FenceCommandProves, SelfFencingSeconds }: Config): FencingLevel {
  if (FenceCommand !== '' && FenceCommandProves) return 'proven';
  return SelfFencingSeconds > 0 ? 'timed' : 'attempted';
}
