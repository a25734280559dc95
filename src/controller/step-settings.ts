import { analyse } from '../analysis/analyse.ts';
import { matchesClusterFilters } from '../analysis/cluster-filter.ts';
import { analysisSettings } from '../analysis/settings.ts';
import type { Config } from '../config/keys.ts';
import type { StepSettings } from '../steps/step-world.ts';

/** What of the configuration the steps go by. */
export function stepSettingsOf(
  config: Config,
  hostname: string,
  disabledBecause: () => string | null,
): StepSettings {
  const settings = analysisSettings(config);
  return {
    hostname,
    lookTimeoutMs: config.ProbeTimeoutMilliseconds,
    confirmMs: config.DetectionConfirmMilliseconds,
    quietMs: config.RecoveryPeriodBlockSeconds * 1_000,
    applyStallMs: config.InstanceBulkOperationsWaitTimeoutSeconds * 1_000,
    fencingRequired: config.FencingLevelRequired,
    promotionIgnoredHosts: config.PromotionIgnoreHostnameFilters.map((pattern) => new RegExp(pattern)),
    autoMasterRecovery: (cluster) => matchesClusterFilters(config.RecoverMasterClusterFilters, cluster),
    autoIntermediateMasterRecovery: (cluster) =>
      matchesClusterFilters(config.RecoverIntermediateMasterClusterFilters, cluster),
    analyse: (instances, now) => analyse({ takenAt: now, instances }, settings),
    disabledBecause,
  };
}

/** The alias that ClusterNameToAlias gives a cluster: its keys are expressions on the name. Null for none. */
export function aliasIn(config: Config, clusterName: string): string | null {
  const match = Object.entries(config.ClusterNameToAlias).find(([pattern]) =>
    new RegExp(pattern).test(clusterName),
  );
  return match?.[1] ?? null;
}
