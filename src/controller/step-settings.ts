import { analyse } from '../analysis/analyse.ts';
import { matchesClusterFilters } from '../analysis/gates/cluster-filter.ts';
import { forcedFinding } from '../analysis/forced-finding.ts';
import { applyingOf, promotionRulesOf } from '../analysis/choice/promotion-settings.ts';
import { analysisSettings } from '../analysis/settings.ts';
import { digestOfRecoveryKeys } from '../config/digest.ts';
import type { Config } from '../config/keys.ts';
import { compilePattern } from '../config/pattern.ts';
import { hostOf } from '../kernel/instance-key.ts';
import { dataSettingsOf } from './data-settings.ts';
import type { StepSettings } from '../steps/step-world.ts';
import { markBy } from '../topology/pseudo-gtid.ts';
import { takeoverSettingsOf } from './takeover-settings.ts';

/** What of the configuration the steps go by. */
export function stepSettingsOf(config: Config, hostname: string): StepSettings {
  const settings = analysisSettings(config);
  const applying = applyingOf(config);
  const promotion = promotionRulesOf(config);
  return {
    hostname,
    lookTimeoutMs: config.ProbeTimeoutMilliseconds,
    confirmMs: config.DetectionConfirmMilliseconds,
    quietMs: config.RecoveryPeriodBlockSeconds * 1_000,
    retryMs: config.RecoveryRetrySeconds * 1_000,
    // orchestrator recovers at its next look: the detection stands by then, and its hooks are not run again.
    vetoHoldsMs:
      config.HookCompatibility === 'strict' ? 0 : config.FailureDetectionPeriodBlockMinutes * 60_000,
    brake: { most: config.BrakeMaxRecoveries, windowMs: config.BrakeWindowSeconds * 1_000 },
    applyStallMs: config.InstanceBulkOperationsWaitTimeoutSeconds * 1_000,
    applyDeadlineMs: applying.deadlineMs,
    applyDeadlinePolicy: applying.policy,
    fencingRequired: config.FencingLevelRequired,
    ...dataSettingsOf(config),
    detachesLost: config.DetachLostReplicasAfterMasterFailover,
    replicationRules: promotion.replication,
    pseudoGtid: pseudoGtidOf(config),
    promotion,
    takeover: takeoverSettingsOf(config, {
      ignoredHosts: promotion.ignoredHosts,
      replicationRules: promotion.replication,
    }),
    rejoins: config.RejoinReplacedPrimary,
    rebuild: {
      by: config.RebuildBy,
      timeoutMs: config.RebuildTimeoutSeconds * 1_000,
      restartedBy: config.CloneRestartedBy,
    },
    autoMasterRecovery: (cluster) => matchesClusterFilters(config.RecoverMasterClusterFilters, cluster),
    autoIntermediateMasterRecovery: (cluster) =>
      matchesClusterFilters(config.RecoverIntermediateMasterClusterFilters, cluster),
    semiSyncMending: semiSyncMendingOf(config),
    coPrimaryMustWin: config.CoMasterRecoveryMustPromoteOtherCoMaster,
    allowed: (cluster) => ({
      RecoverMasterClusterFilters: matchesClusterFilters(config.RecoverMasterClusterFilters, cluster),
      RecoverIntermediateMasterClusterFilters: matchesClusterFilters(
        config.RecoverIntermediateMasterClusterFilters,
        cluster,
      ),
      RecoverLockedSemiSyncMaster: config.RecoverLockedSemiSyncMaster,
      EnforceExactSemiSyncReplicas: config.EnforceExactSemiSyncReplicas,
      RecoverNonWriteableMaster: config.RecoverNonWriteableMaster,
    }),
    needsQuorum: (cluster) =>
      config.DetectionQuorum === 'majority' &&
      matchesClusterFilters(config.DetectionQuorumClusterFilters, cluster),
    isIgnored: (key) => settings.ignoredHosts.some((pattern) => pattern.test(hostOf(key))),
    analyse: (instances, now) => analyse({ takenAt: now, instances }, settings),
    forced: (primary, members, now) => forcedFinding(primary, members, { now, settings }),
    analyseAll: (instances, now) =>
      analyse(
        { takenAt: now, instances: instances.map((one) => ({ ...one, inMaintenance: false })) },
        { ...settings, ignoredHosts: [] },
      ),
    digest: digestOfRecoveryKeys(config),
  };
}

function semiSyncMendingOf(config: Config): StepSettings['semiSyncMending'] {
  if (config.EnforceExactSemiSyncReplicas) return 'exact';
  return config.RecoverLockedSemiSyncMaster ? 'enough' : null;
}

/** AutoPseudoGTID has set the pattern when the configuration was read. */
function pseudoGtidOf(config: Config): StepSettings['pseudoGtid'] {
  const { PseudoGTIDPattern: written, PseudoGTIDPatternIsFixedSubstring: isText } = config;
  const pattern = isText ? written : compilePattern(written);
  if (written === '' || pattern === null) return null;
  return { markOf: markBy(pattern), chunk: Math.max(1, config.BinlogEventsChunkSize) };
}

/** Patterns that were found sound when the configuration was examined. */
function compiled(patterns: readonly string[]): readonly RegExp[] {
  return patterns.flatMap((pattern) => compilePattern(pattern) ?? []);
}

/** The alias that ClusterNameToAlias gives a cluster: its keys are expressions on the name. Null for none. */
export function aliasIn(config: Config, clusterName: string): string | null {
  const match = Object.entries(config.ClusterNameToAlias).find(([pattern]) =>
    compilePattern(pattern)?.test(clusterName),
  );
  return match?.[1] ?? null;
}

/** Which instances that were found may be taken in: as a replica, or as the source of one. */
export function admissionOf(config: Config): (key: string, found: 'replica' | 'source') => boolean {
  const never = compiled(config.DiscoveryIgnoreHostnameFilters);
  const refused = {
    replica: compiled(config.DiscoveryIgnoreReplicaHostnameFilters),
    source: compiled(config.DiscoveryIgnoreMasterHostnameFilters),
  };
  return (key, found) => ![...never, ...refused[found]].some((pattern) => pattern.test(key));
}
