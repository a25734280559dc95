import type { Config } from '../../config/keys.ts';
import { compilePattern } from '../../config/pattern.ts';
import type { PromotionRules } from './promotion-rules.ts';

/** Who may be promoted, as the configuration has it. */
export function promotionRulesOf(config: Config): PromotionRules {
  const minutes = config.FailMasterPromotionOnLagMinutes;
  return {
    ignoredHosts: config.PromotionIgnoreHostnameFilters.flatMap((written) => patternOf(written) ?? []),
    staysInDataCenter: config.PreventCrossDataCenterMasterFailover,
    staysInRegion: config.PreventCrossRegionMasterFailover,
    lagLimitSeconds: minutes === 0 ? null : minutes * 60,
    patienceSeconds: config.InstanceBulkOperationsWaitTimeoutSeconds,
    latePolicy: applyingOf(config).policy,
    replication: {
      verifyFilters: config.VerifyReplicationFilters,
      toleratedDelaySeconds: config.ReasonableMaintenanceReplicationLagSeconds,
    },
  };
}

/**
 * How long a successor may take to apply what it has received, 0 for as long as it makes progress, and what then.
 * orchestrator waits for InstanceBulkOperationsWaitTimeoutSeconds and then refuses or waits on, as its two keys say
 * (orchestrator 3.2.6, sections 3.2 and 3.3); both forbid to promote without what was received.
 */
export function applyingOf(config: Config): {
  readonly deadlineMs: number;
  readonly policy: PromotionRules['latePolicy'];
} {
  const { ApplyDeadlineSeconds: seconds, ApplyDeadlinePolicy: policy } = config;
  if (config.FailMasterPromotionIfSQLThreadNotUpToDate) {
    const most = Math.max(1, config.InstanceBulkOperationsWaitTimeoutSeconds);
    return { deadlineMs: Math.min(seconds || most, most) * 1_000, policy: 'fail' };
  }
  if (config.DelayMasterPromotionIfSQLThreadNotUpToDate)
    return { deadlineMs: 0, policy: policy === 'wait' ? 'wait' : 'fail' };
  return { deadlineMs: seconds * 1_000, policy };
}

/** An IP address is the whole host, anything else a pattern of host:port (orchestrator 3.2.6, section 3.3). */
function patternOf(written: string): RegExp | null {
  const isAddress = /^\d{1,3}(\.\d{1,3}){3}$|^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(written);
  if (!isAddress) return compilePattern(written);
  return new RegExp(`^\\[?${written.replaceAll('.', '\\.')}\\]?:\\d+$`, 'i');
}
