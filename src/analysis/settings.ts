import type { Config } from '../config/keys.ts';
import { compilePattern } from '../config/pattern.ts';

/** What the operator's configuration says about analysis. */
export interface AnalysisSettings {
  readonly instancePollSeconds: number;
  readonly reasonableInstanceCheckSeconds: number;
  /** More than this is lagging. */
  readonly reasonableReplicationLagSeconds: number;
  /** How long a primary's binlog must have stood still before its semi-sync lock is believed. */
  readonly reasonableLockedSemiSyncMasterSeconds: number;
  readonly enforceExactSemiSyncReplicas: boolean;
  readonly recoverNonWriteableMaster: boolean;
  /** Healthy instances without replicas are passed over, warnings and all. */
  readonly reduceReplicationAnalysisCount: boolean;
  /** Hosts, without port, of which nothing is reported. */
  readonly ignoredHosts: readonly RegExp[];
}

export function analysisSettings(config: Config): AnalysisSettings {
  return {
    instancePollSeconds: config.InstancePollSeconds,
    reasonableInstanceCheckSeconds: config.ReasonableInstanceCheckSeconds,
    reasonableReplicationLagSeconds: config.ReasonableReplicationLagSeconds,
    // The defaults come here without the rules that a file is read by.
    reasonableLockedSemiSyncMasterSeconds:
      config.ReasonableLockedSemiSyncMasterSeconds || config.ReasonableReplicationLagSeconds,
    enforceExactSemiSyncReplicas: config.EnforceExactSemiSyncReplicas,
    recoverNonWriteableMaster: config.RecoverNonWriteableMaster,
    reduceReplicationAnalysisCount: config.ReduceReplicationAnalysisCount,
    // One that is no expression has been refused when the configuration was read.
    ignoredHosts: config.RecoveryIgnoreHostnameFilters.flatMap((written) => compilePattern(written) ?? []),
  };
}
