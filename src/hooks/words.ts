import type { HookFacts } from '../engine/ports.ts';
import { compareKeys, hostOf, type InstanceKey, portOf } from '../kernel/instance-key.ts';

/** A fact as a hook may be told it; a list has `host:port`, by host and then port. */
type Fact = string | number | boolean | readonly InstanceKey[];

/** One thing that a hook may be told, by every name it goes under (orchestrator 3.2.6, section 1.4). */
export interface Word {
  /** In JSON. */
  readonly name: string;
  /** Without braces; the first is today's name, a second one is older. None for words of Baton's own. */
  readonly placeholders: readonly string[];
  /** Null where orchestrator has none. */
  readonly variable: string | null;
  /** Who chooses the text: Baton, from a fixed vocabulary; whoever names the servers; anybody. */
  readonly from: 'baton' | 'instance' | 'field';
  readonly means: string;
  /** Null while the fact is not known. */
  readonly value: (facts: HookFacts) => Fact | null;
}

/** In the order in which orchestrator replaces them. */
export const words: readonly Word[] = [
  {
    name: 'failureType',
    placeholders: ['failureType'],
    variable: 'ORC_FAILURE_TYPE',
    from: 'baton',
    means: 'analysis code, such as `DeadMaster`',
    value: (f) => f.failureType,
  },
  {
    name: 'instanceType',
    placeholders: ['instanceType'],
    variable: 'ORC_INSTANCE_TYPE',
    from: 'baton',
    means: '`co-master`, `group-member`, `master` or `intermediate-master`',
    value: (f) => f.instanceType,
  },
  {
    name: 'isMaster',
    placeholders: ['isMaster'],
    variable: 'ORC_IS_MASTER',
    from: 'baton',
    means: '`true` or `false`',
    value: (f) => f.isMaster,
  },
  {
    name: 'isCoMaster',
    placeholders: ['isCoMaster'],
    variable: 'ORC_IS_CO_MASTER',
    from: 'baton',
    means: '`true` or `false`',
    value: (f) => f.isCoMaster,
  },
  {
    name: 'failureDescription',
    placeholders: ['failureDescription'],
    variable: 'ORC_FAILURE_DESCRIPTION',
    from: 'baton',
    means: 'one sentence about the failure',
    value: (f) => f.failureDescription,
  },
  {
    name: 'command',
    placeholders: ['command'],
    variable: 'ORC_COMMAND',
    from: 'baton',
    means: 'the command of the person who asked for it; empty when nobody did',
    value: (f) => f.command,
  },
  {
    name: 'failedHost',
    placeholders: ['failedHost'],
    variable: 'ORC_FAILED_HOST',
    from: 'instance',
    means: 'host of the failed instance',
    value: (f) => hostOf(f.failed),
  },
  {
    name: 'failedPort',
    placeholders: ['failedPort'],
    variable: 'ORC_FAILED_PORT',
    from: 'instance',
    means: 'port of the failed instance',
    value: (f) => portOf(f.failed),
  },
  {
    name: 'failureCluster',
    placeholders: ['failureCluster'],
    variable: 'ORC_FAILURE_CLUSTER',
    from: 'instance',
    means: 'name of the cluster: `host:port` of its old primary',
    value: (f) => f.failureCluster,
  },
  {
    name: 'failureClusterAlias',
    placeholders: ['failureClusterAlias'],
    variable: 'ORC_FAILURE_CLUSTER_ALIAS',
    from: 'field',
    means: 'alias of the cluster; its name where it has none',
    value: (f) => f.failureClusterAlias,
  },
  {
    name: 'failureClusterDomain',
    placeholders: ['failureClusterDomain'],
    variable: 'ORC_FAILURE_CLUSTER_DOMAIN',
    from: 'field',
    means: 'domain name of the cluster; its name where it has none',
    value: (f) => f.failureClusterDomain,
  },
  {
    name: 'countReplicas',
    placeholders: ['countReplicas', 'countSlaves'],
    variable: 'ORC_COUNT_REPLICAS',
    from: 'baton',
    means: 'how many replicas the failed instance has',
    value: (f) => f.countReplicas,
  },
  {
    name: 'isDowntimed',
    placeholders: ['isDowntimed'],
    variable: 'ORC_IS_DOWNTIMED',
    from: 'baton',
    means: '`true` or `false`',
    value: (f) => f.isDowntimed,
  },
  {
    name: 'autoMasterRecovery',
    placeholders: ['autoMasterRecovery'],
    variable: 'ORC_AUTO_MASTER_RECOVERY',
    from: 'baton',
    means: 'whether a dead primary of the cluster is replaced without being asked',
    value: (f) => f.autoMasterRecovery,
  },
  {
    name: 'autoIntermediateMasterRecovery',
    placeholders: ['autoIntermediateMasterRecovery'],
    variable: 'ORC_AUTO_INTERMEDIATE_MASTER_RECOVERY',
    from: 'baton',
    means: 'the same for an intermediate source',
    value: (f) => f.autoIntermediateMasterRecovery,
  },
  {
    name: 'orchestratorHost',
    placeholders: ['orchestratorHost'],
    variable: 'ORC_ORCHESTRATOR_HOST',
    from: 'instance',
    means: 'name of the machine Baton runs on',
    value: (f) => f.orchestratorHost,
  },
  {
    name: 'recoveryUID',
    placeholders: ['recoveryUID'],
    variable: 'ORC_RECOVERY_UID',
    from: 'baton',
    means: 'uid of the recovery',
    value: (f) => f.recoveryUid,
  },
  {
    name: 'isSuccessful',
    placeholders: ['isSuccessful'],
    variable: 'ORC_IS_SUCCESSFUL',
    from: 'baton',
    means: 'whether there is a successor',
    value: (f) => f.isSuccessful,
  },
  {
    name: 'successorHost',
    placeholders: ['successorHost'],
    variable: 'ORC_SUCCESSOR_HOST',
    from: 'instance',
    means: 'host of the successor',
    value: (f) => f.successor && hostOf(f.successor.instance),
  },
  {
    name: 'successorPort',
    placeholders: ['successorPort'],
    variable: 'ORC_SUCCESSOR_PORT',
    from: 'instance',
    means: 'port of the successor',
    value: (f) => f.successor && portOf(f.successor.instance),
  },
  {
    name: 'successorBinlogCoordinates',
    placeholders: ['successorBinlogCoordinates'],
    variable: 'ORC_SUCCESSOR_BINLOG_COORDINATES',
    from: 'instance',
    means: 'the successor’s own binary log as last read, `file:position`',
    value: (f) => f.successor?.binlogCoordinates ?? null,
  },
  {
    name: 'successorAlias',
    placeholders: ['successorAlias'],
    variable: 'ORC_SUCCESSOR_ALIAS',
    from: 'field',
    means: 'alias of the successor; may be empty',
    value: (f) => f.successor?.alias ?? null,
  },
  {
    name: 'lostReplicas',
    placeholders: ['lostReplicas', 'lostSlaves'],
    variable: 'ORC_LOST_REPLICAS',
    from: 'instance',
    means: 'replicas left behind, `host:port,host:port`',
    value: (f) => f.lostReplicas.toSorted(compareKeys),
  },
  {
    name: 'countLostReplicas',
    placeholders: ['countLostReplicas'],
    variable: null,
    from: 'baton',
    means: 'how many replicas were left behind',
    value: (f) => f.lostReplicas.length,
  },
  {
    name: 'replicaHosts',
    placeholders: ['replicaHosts', 'slaveHosts'],
    variable: 'ORC_REPLICA_HOSTS',
    from: 'instance',
    means: 'replicas of the failed instance, `host:port,host:port`',
    value: (f) => f.replicas.toSorted(compareKeys),
  },
  {
    name: 'initiator',
    placeholders: [],
    variable: 'BATON_INITIATOR',
    from: 'field',
    means: '`automatic`, or who asked for it',
    value: (f) => f.initiator,
  },
  {
    name: 'reason',
    placeholders: [],
    variable: 'BATON_REASON',
    from: 'field',
    means: 'why: the evidence of the failure, or the words of whoever asked',
    value: (f) => f.reason,
  },
  {
    name: 'errantGtid',
    placeholders: [],
    variable: 'BATON_ERRANT_GTID',
    from: 'baton',
    means: 'transactions that only a replaced primary has',
    value: (f) => f.errant?.gtids ?? null,
  },
  {
    name: 'errantFile',
    placeholders: [],
    variable: 'BATON_ERRANT_FILE',
    from: 'field',
    means: 'the file in which Baton has written them down',
    value: (f) => f.errant?.file ?? null,
  },
  {
    name: 'dataVerdict',
    placeholders: [],
    variable: 'BATON_DATA_VERDICT',
    from: 'baton',
    means:
      'what the failover has cost the data: `nothing-lost`, which is proven, `at-most` or `unknown`; absent before there is a successor',
    value: (f) => f.dataVerdict?.says ?? null,
  },
  {
    name: 'dataVerdictReason',
    placeholders: [],
    variable: 'BATON_DATA_VERDICT_REASON',
    from: 'field',
    means: 'the same as a sentence with its reason',
    value: (f) => f.dataVerdict?.because ?? null,
  },
  {
    name: 'missingTransactions',
    placeholders: [],
    variable: 'BATON_MISSING_TRANSACTIONS',
    from: 'field',
    means:
      'with `at-most`: the GTIDs that may be lost, or `file:position..file:position`; cut at 32 kB, the whole is in the journal',
    value: (f) => f.dataVerdict?.missing.slice(0, 32_768) ?? null,
  },
  {
    name: 'countMissingTransactions',
    placeholders: [],
    variable: 'BATON_COUNT_MISSING_TRANSACTIONS',
    from: 'baton',
    means: 'how many those are, where they can be counted',
    value: (f) => f.dataVerdict?.count ?? null,
  },
];

/** As a placeholder and a variable have it: lists are `host:port,host:port`. */
export function textOf(fact: Fact): string {
  return typeof fact === 'object' ? fact.join(',') : String(fact);
}

/** The variables of every word whose fact is known. */
export function variablesOf(facts: HookFacts): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const { variable, value } of words) {
    const fact = value(facts);
    if (variable !== null && fact !== null) variables[variable] = textOf(fact);
  }
  return variables;
}
