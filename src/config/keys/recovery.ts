import { clusterFilters, count, flag, mapped, missed, needless, notYet, patterns, used } from '../key.ts';

/** When a recovery may be made, and what it may do (orchestrator 3.2.6, section 4). */
export const recoveryKeys = {
  RecoverMasterClusterFilters: clusterFilters(
    [],
    used,
    'Clusters whose dead primary is recovered without being asked: "*" for all, an exact cluster name, "alias=NAME", "alias~=PATTERN", or a pattern of the cluster name. Empty means never.',
  ),
  RecoverIntermediateMasterClusterFilters: clusterFilters(
    [],
    used,
    'Clusters whose dead intermediate primary, or dead group member with replicas, is recovered without being asked.',
  ),
  RecoveryIgnoreHostnameFilters: patterns(
    [],
    used,
    'Patterns of host names about which nothing is found and nothing is recovered.',
  ),
  PromotionIgnoreHostnameFilters: patterns(
    [],
    used,
    'Replicas that are never promoted: patterns of host:port; an IP address must be equal to the host.',
  ),
  FailureDetectionPeriodBlockMinutes: count()(
    60,
    used,
    'How long the same failure of the same instance is not announced to hooks again.',
  ),
  RecoveryPeriodBlockSeconds: count()(
    3600,
    used,
    'How long after a recovery its cluster is not recovered again without being asked or acknowledged.',
  ),
  RecoveryPeriodBlockMinutes: count()(
    60,
    used,
    'The older form of RecoveryPeriodBlockSeconds, in minutes; heard where the seconds are not given or 0.',
  ),
  ApplyMySQLPromotionAfterMasterFailover: flag(
    true,
    missed(
      'Baton makes the successor the primary itself, written down beforehand and only once the old one is fenced, and that is done when PostMasterFailoverProcesses run: a hook that does it too does no harm, and none can do it in Baton’s place.',
    ),
    'Make the successor a primary: RESET REPLICA ALL and read_only=0. Set to false when hooks do that.',
  ),
  UseSuperReadOnly: flag(
    false,
    used,
    'Set and clear super_read_only together with read_only, where a server has it.',
  ),
  MasterFailoverDetachReplicaMasterHost: flag(
    false,
    needless('It has no meaning while ApplyMySQLPromotionAfterMasterFailover is true.'),
    'Give the successor an impossible source, so that it never follows the old primary again.',
  ),
  MasterFailoverDetachSlaveMasterHost: flag(
    false,
    mapped('MasterFailoverDetachReplicaMasterHost'),
    'The older name of MasterFailoverDetachReplicaMasterHost.',
  ),
  DetachLostReplicasAfterMasterFailover: flag(
    true,
    used,
    'Give lost replicas an impossible source, so that they do not follow the old primary again.',
  ),
  DetachLostSlavesAfterMasterFailover: flag(
    true,
    mapped('DetachLostReplicasAfterMasterFailover'),
    'The older name of DetachLostReplicasAfterMasterFailover.',
  ),
  MasterFailoverLostInstancesDowntimeMinutes: count()(
    0,
    needless('orchestrator never read it either.'),
    'How long instances lost in a recovery were meant to be in downtime.',
  ),
  PreventCrossDataCenterMasterFailover: flag(
    false,
    used,
    'Refuse a successor in another data center than the failed primary’s.',
  ),
  PreventCrossRegionMasterFailover: flag(
    false,
    used,
    'Refuse a successor in another region than the failed primary’s.',
  ),
  FailMasterPromotionOnLagMinutes: count()(
    0,
    used,
    'Refuse a successor that lags by so much or more; 0 for no such limit. Needs ReplicationLagQuery.',
  ),
  FailMasterPromotionIfSQLThreadNotUpToDate: flag(
    false,
    used,
    'Refuse a successor that has not applied all it received within InstanceBulkOperationsWaitTimeoutSeconds, whatever ApplyDeadlinePolicy says.',
  ),
  DelayMasterPromotionIfSQLThreadNotUpToDate: flag(
    false,
    used,
    'Wait for as long as the successor makes progress in applying what it received, whatever ApplyDeadlineSeconds says.',
  ),
  PostponeReplicaRecoveryOnLagMinutes: count()(
    0,
    notYet('Every replica is repointed at once, a delayed one too: it loses nothing by it.'),
    'Repoint replicas with a longer configured delay at the end of a recovery; 0 for none.',
  ),
  PostponeSlaveRecoveryOnLagMinutes: count()(
    0,
    mapped('PostponeReplicaRecoveryOnLagMinutes'),
    'The older name of PostponeReplicaRecoveryOnLagMinutes.',
  ),
  CoMasterRecoveryMustPromoteOtherCoMaster: flag(
    true,
    used,
    'Promote the other co-primary, or none. One that takes writes is promoted in any case.',
  ),
  RecoverNonWriteableMaster: flag(
    false,
    used,
    'Make a primary writable that is found read-only, unless another server takes writes or Baton made it so.',
  ),
  EnforceExactSemiSyncReplicas: flag(
    false,
    used,
    'Keep exactly as many semi-sync replicas as the primary waits for, by DetectSemiSyncEnforcedQuery.',
  ),
  RecoverLockedSemiSyncMaster: flag(
    false,
    used,
    'Enable semi-sync on replicas when the primary waits for more than there are.',
  ),
  ReasonableLockedSemiSyncMasterSeconds: count()(
    0,
    used,
    'How long a primary must seem locked by semi-sync; 0 means ReasonableReplicationLagSeconds.',
  ),
  ReduceReplicationAnalysisCount: flag(
    true,
    used,
    'Leave healthy instances without replicas out of the analysis.',
  ),
  MaxConcurrentReplicaOperations: count()(
    5,
    notYet('Replicas are repointed all at once: each waits for its own server only.'),
    'How many replicas are changed at once.',
  ),
  CandidateInstanceExpireMinutes: count()(
    60,
    used,
    'How long a promotion rule holds that was registered for an instance (register-candidate), unless it is registered again; where DetectPromotionRuleQuery gives one, that one holds.',
  ),
  InstanceBulkOperationsWaitTimeoutSeconds: count()(
    10,
    used,
    'How long a successor may make no progress in applying what it received.',
  ),
} as const;
