import type { KeyName } from '../keys.ts';
import { sentence } from '../sentence.ts';
import type { Rule, Ruling } from './rule.ts';

/** orchestrator's own default of the seconds wins over minutes that stand alone; here they count. */
const recoveryPeriod: Rule = (config, isGiven) => {
  const { RecoveryPeriodBlockSeconds: seconds, RecoveryPeriodBlockMinutes: minutes } = config;
  // Whoever means "never" writes a number that no clock reaches, and no column of the journal holds in milliseconds.
  const blockSeconds = Math.min(minutes * 60, Number.MAX_SAFE_INTEGER);
  const fromMinutes = { change: { RecoveryPeriodBlockSeconds: blockSeconds } };
  if (!isGiven('RecoveryPeriodBlockSeconds')) {
    if (!isGiven('RecoveryPeriodBlockMinutes') || minutes === 60) return {};
    const text = `RecoveryPeriodBlockMinutes alone counts: recoveries of a cluster are ${minutes} minutes apart. orchestrator kept to one hour whatever it said.`;
    return { ...fromMinutes, sentences: [sentence('warning', 'RecoveryPeriodBlockMinutes', text)] };
  }
  if (seconds > 0 || minutes === 0) return {};
  const text = `RecoveryPeriodBlockSeconds is 0, so RecoveryPeriodBlockMinutes, ${minutes}, counts, as in orchestrator. Set both to 0 to have no pause.`;
  return { ...fromMinutes, sentences: [sentence('warning', 'RecoveryPeriodBlockSeconds', text)] };
};

/** orchestrator detaches unless the older key is false and the newer one is not true; here either key can say no. */
const detachLostReplicas: Rule = (config, isGiven) => {
  const [newer, older] = [
    'DetachLostReplicasAfterMasterFailover',
    'DetachLostSlavesAfterMasterFailover',
  ] as const;
  const detach = config[newer] && config[older];
  const change = { [newer]: detach, [older]: detach };
  const orchestratorDetaches = config[older] || (isGiven(newer) && config[newer]);
  if (detach || !orchestratorDetaches) return { change };
  const said = config[newer] ? older : newer;
  const text = `${said} is false, so lost replicas are not detached; orchestrator detached them all the same.`;
  return { change, sentences: [sentence('warning', said, text)] };
};

const detachPromoted: Rule = (config) => {
  const detach = config.MasterFailoverDetachReplicaMasterHost || config.MasterFailoverDetachSlaveMasterHost;
  return { change: { MasterFailoverDetachReplicaMasterHost: detach } };
};

const lagQuery: Rule = (config) =>
  config.SlaveLagQuery === '' || config.ReplicationLagQuery === config.SlaveLagQuery
    ? {}
    : config.ReplicationLagQuery === ''
      ? { change: { ReplicationLagQuery: config.SlaveLagQuery } }
      : clash('SlaveLagQuery', 'ReplicationLagQuery');

const postponedLag: Rule = (config) => {
  const [newer, older] = [
    config.PostponeReplicaRecoveryOnLagMinutes,
    config.PostponeSlaveRecoveryOnLagMinutes,
  ];
  if (older === 0 || newer === older) return {};
  if (newer === 0) return { change: { PostponeReplicaRecoveryOnLagMinutes: older } };
  return clash('PostponeSlaveRecoveryOnLagMinutes', 'PostponeReplicaRecoveryOnLagMinutes');
};

function clash(older: KeyName, newer: KeyName): Ruling {
  const text = `${older} and ${newer} are two names of one setting and have different values; keep one.`;
  return { sentences: [sentence('error', older, text)] };
}

const unappliedEvents: Rule = (config) => {
  const both =
    config.FailMasterPromotionIfSQLThreadNotUpToDate && config.DelayMasterPromotionIfSQLThreadNotUpToDate;
  const text =
    'FailMasterPromotionIfSQLThreadNotUpToDate and DelayMasterPromotionIfSQLThreadNotUpToDate are both true; a promotion cannot be refused and delayed.';
  return both ? { sentences: [sentence('error', 'FailMasterPromotionIfSQLThreadNotUpToDate', text)] } : {};
};

const lagLimit: Rule = (config) => {
  if (config.FailMasterPromotionOnLagMinutes === 0 || config.ReplicationLagQuery !== '') return {};
  const text =
    'FailMasterPromotionOnLagMinutes is set and ReplicationLagQuery is not; it cannot know the lag.';
  return { sentences: [sentence('error', 'FailMasterPromotionOnLagMinutes', text)] };
};

const lockedSemiSync: Rule = (config) =>
  config.ReasonableLockedSemiSyncMasterSeconds === 0
    ? { change: { ReasonableLockedSemiSyncMasterSeconds: config.ReasonableReplicationLagSeconds } }
    : {};

/** Settings of recoveries that depend on each other, in this order: older names first (orchestrator 3.2.6, section 4). */
export const recoveryRules: readonly Rule[] = [
  detachLostReplicas,
  detachPromoted,
  lagQuery,
  postponedLag,
  recoveryPeriod,
  unappliedEvents,
  lagLimit,
  lockedSemiSync,
];
