import type { ReplicationRules } from '../analysis/choice/can-replicate.ts';
import type { Config } from '../config/keys.ts';
import type { TakeoverSettings } from '../steps/step-world.ts';

/** What of the configuration planned takeovers go by, and what any promotion and replication does. */
export function takeoverSettingsOf(
  config: Config,
  common: { ignoredHosts: readonly RegExp[]; replicationRules: ReplicationRules },
): TakeoverSettings {
  const lagSeconds = config.ReasonableMaintenanceReplicationLagSeconds;
  return {
    rules: {
      ...common.replicationRules,
      lagSeconds,
      ignoredHosts: common.ignoredHosts,
      staysInDataCenter: config.PreventCrossDataCenterMasterFailover,
      staysInRegion: config.PreventCrossRegionMasterFailover,
      fencingRequired: config.FencingLevelRequired,
    },
    readOnlyMs: config.TakeoverReadOnlySeconds * 1_000,
    approachMs: lagSeconds * 1_000,
  };
}
