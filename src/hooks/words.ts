import type { HookFacts } from '../engine/ports.ts';
import { compareKeys, hostOf, type InstanceKey, portOf } from '../kernel/instance-key.ts';

/** One thing that a hook may be told, by every name it goes under (orchestrator 3.2.6, section 1.4). */
export interface Word {
  /** Without braces; the first is today's name, a second one is older. */
  readonly placeholders: readonly [string, ...string[]];
  /** Null where orchestrator has none. */
  readonly variable: string | null;
  /** Who chooses the text: Baton, from a fixed vocabulary, or whoever names and runs the servers. */
  readonly from: 'baton' | 'field';
  readonly means: string;
  /** Null while the fact is not known. */
  readonly value: (facts: HookFacts) => string | null;
}

/** In the order in which orchestrator replaces them. */
export const words: readonly Word[] = [
  {
    placeholders: ['failureType'],
    variable: 'ORC_FAILURE_TYPE',
    from: 'baton',
    means: 'analysis code, such as `DeadMaster`',
    value: (f) => f.failureType,
  },
  {
    placeholders: ['instanceType'],
    variable: 'ORC_INSTANCE_TYPE',
    from: 'baton',
    means: '`co-master`, `group-member`, `master` or `intermediate-master`',
    value: (f) => f.instanceType,
  },
  {
    placeholders: ['isMaster'],
    variable: 'ORC_IS_MASTER',
    from: 'baton',
    means: '`true` or `false`',
    value: (f) => String(f.isMaster),
  },
  {
    placeholders: ['isCoMaster'],
    variable: 'ORC_IS_CO_MASTER',
    from: 'baton',
    means: '`true` or `false`',
    value: (f) => String(f.isCoMaster),
  },
  {
    placeholders: ['failureDescription'],
    variable: 'ORC_FAILURE_DESCRIPTION',
    from: 'baton',
    means: 'one sentence about the failure',
    value: (f) => f.failureDescription,
  },
  {
    placeholders: ['command'],
    variable: 'ORC_COMMAND',
    from: 'baton',
    means: 'the command of the person who asked for it; empty when nobody did',
    value: (f) => f.command,
  },
  {
    placeholders: ['failedHost'],
    variable: 'ORC_FAILED_HOST',
    from: 'field',
    means: 'host of the failed instance',
    value: (f) => hostOf(f.failed),
  },
  {
    placeholders: ['failedPort'],
    variable: 'ORC_FAILED_PORT',
    from: 'field',
    means: 'port of the failed instance',
    value: (f) => String(portOf(f.failed)),
  },
  {
    placeholders: ['failureCluster'],
    variable: 'ORC_FAILURE_CLUSTER',
    from: 'field',
    means: 'name of the cluster: `host:port` of its old primary',
    value: (f) => f.failureCluster,
  },
  {
    placeholders: ['failureClusterAlias'],
    variable: 'ORC_FAILURE_CLUSTER_ALIAS',
    from: 'field',
    means: 'alias of the cluster; its name where it has none',
    value: (f) => f.failureClusterAlias,
  },
  {
    placeholders: ['failureClusterDomain'],
    variable: 'ORC_FAILURE_CLUSTER_DOMAIN',
    from: 'field',
    means: 'domain name of the cluster; its name where it has none',
    value: (f) => f.failureClusterDomain,
  },
  {
    placeholders: ['countReplicas', 'countSlaves'],
    variable: 'ORC_COUNT_REPLICAS',
    from: 'baton',
    means: 'how many replicas the failed instance has',
    value: (f) => String(f.countReplicas),
  },
  {
    placeholders: ['isDowntimed'],
    variable: 'ORC_IS_DOWNTIMED',
    from: 'baton',
    means: '`true` or `false`',
    value: (f) => String(f.isDowntimed),
  },
  {
    placeholders: ['autoMasterRecovery'],
    variable: 'ORC_AUTO_MASTER_RECOVERY',
    from: 'baton',
    means: 'whether a dead primary of the cluster is replaced without being asked',
    value: (f) => String(f.autoMasterRecovery),
  },
  {
    placeholders: ['autoIntermediateMasterRecovery'],
    variable: 'ORC_AUTO_INTERMEDIATE_MASTER_RECOVERY',
    from: 'baton',
    means: 'the same for an intermediate source',
    value: (f) => String(f.autoIntermediateMasterRecovery),
  },
  {
    placeholders: ['orchestratorHost'],
    variable: 'ORC_ORCHESTRATOR_HOST',
    from: 'field',
    means: 'name of the machine Baton runs on',
    value: (f) => f.orchestratorHost,
  },
  {
    placeholders: ['recoveryUID'],
    variable: 'ORC_RECOVERY_UID',
    from: 'baton',
    means: 'uid of the recovery',
    value: (f) => f.recoveryUid,
  },
  {
    placeholders: ['isSuccessful'],
    variable: 'ORC_IS_SUCCESSFUL',
    from: 'baton',
    means: 'whether there is a successor',
    value: (f) => String(f.isSuccessful),
  },
  {
    placeholders: ['successorHost'],
    variable: 'ORC_SUCCESSOR_HOST',
    from: 'field',
    means: 'host of the successor',
    value: (f) => f.successor && hostOf(f.successor.instance),
  },
  {
    placeholders: ['successorPort'],
    variable: 'ORC_SUCCESSOR_PORT',
    from: 'field',
    means: 'port of the successor',
    value: (f) => f.successor && String(portOf(f.successor.instance)),
  },
  {
    placeholders: ['successorBinlogCoordinates'],
    variable: 'ORC_SUCCESSOR_BINLOG_COORDINATES',
    from: 'field',
    means: 'the successor’s own binary log as last read, `file:position`',
    value: (f) => f.successor?.binlogCoordinates ?? null,
  },
  {
    placeholders: ['successorAlias'],
    variable: 'ORC_SUCCESSOR_ALIAS',
    from: 'field',
    means: 'alias of the successor; may be empty',
    value: (f) => f.successor?.alias ?? null,
  },
  {
    placeholders: ['lostReplicas', 'lostSlaves'],
    variable: 'ORC_LOST_REPLICAS',
    from: 'field',
    means: 'replicas left behind, `host:port,host:port`',
    value: (f) => listed(f.lostReplicas),
  },
  {
    placeholders: ['countLostReplicas'],
    variable: null,
    from: 'baton',
    means: 'how many replicas were left behind',
    value: (f) => String(f.lostReplicas.length),
  },
  {
    placeholders: ['replicaHosts', 'slaveHosts'],
    variable: 'ORC_REPLICA_HOSTS',
    from: 'field',
    means: 'replicas of the failed instance, `host:port,host:port`',
    value: (f) => listed(f.replicas),
  },
];

/** The variables of every word whose fact is known. */
export function variablesOf(facts: HookFacts): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const { variable, value } of words) {
    const text = value(facts);
    if (variable !== null && text !== null) variables[variable] = text;
  }
  return variables;
}

function listed(keys: readonly InstanceKey[]): string {
  return keys.toSorted(compareKeys).join(',');
}
