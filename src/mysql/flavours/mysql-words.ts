/** The words that changed between MySQL 5.7 and 9.x, Percona Server alike, as one version understands them. */
export interface MysqlWords {
  /** REPLICA and SOURCE. 8.0.22 knew them in statements, 8.0.26 in variables; what 8.4 removed works until 8.3. */
  readonly replica: boolean;
  /** CHANGE REPLICATION SOURCE TO, 8.0.23; with REPLICA all over from 8.0.26. */
  readonly changeSource: string;
  /** What stands before _HOST, _PORT and _AUTO_POSITION in it. */
  readonly sourcePrefix: 'SOURCE' | 'MASTER';
  /** SHOW BINARY LOG STATUS, 8.2. */
  readonly logStatus: string;
  /** RESET BINARY LOGS AND GTIDS, 8.2. */
  readonly resetBinlog: string;
  /** GET_SOURCE_PUBLIC_KEY, by which a password may travel over a plain connection (8.0.4); null in 5.7. */
  readonly publicKeyOption: string | null;
  readonly replicaHosts: string;
  readonly replicaUpdates: string;
  readonly netTimeout: string;
  /** performance_schema has it since 8.0.22, without the lock that the other takes. */
  readonly processlist: string;
  /** Members of a group say their role, 8.0.2. */
  readonly memberRole: boolean;
}

/** `performanceSchema`: whether it is on; its list of processes is empty where it is off. */
export function mysqlWords(version: string, performanceSchema: boolean): MysqlWords {
  const replica = isAtLeast(version, 8, 0, 26);
  return {
    replica,
    changeSource: replica ? 'CHANGE REPLICATION SOURCE TO' : 'CHANGE MASTER TO',
    sourcePrefix: replica ? 'SOURCE' : 'MASTER',
    logStatus: isAtLeast(version, 8, 2, 0) ? 'SHOW BINARY LOG STATUS' : 'SHOW MASTER STATUS',
    resetBinlog: isAtLeast(version, 8, 2, 0) ? 'RESET BINARY LOGS AND GTIDS' : 'RESET MASTER',
    publicKeyOption: isAtLeast(version, 8, 0, 4) ? `GET_${replica ? 'SOURCE' : 'MASTER'}_PUBLIC_KEY` : null,
    replicaHosts: replica ? 'SHOW REPLICAS' : 'SHOW SLAVE HOSTS',
    replicaUpdates: replica ? 'log_replica_updates' : 'log_slave_updates',
    netTimeout: replica ? 'replica_net_timeout' : 'slave_net_timeout',
    processlist: `${replica && performanceSchema ? 'performance_schema' : 'information_schema'}.processlist`,
    memberRole: isAtLeast(version, 8, 0, 2),
  };
}

function isAtLeast(version: string, ...wanted: readonly [number, number, number]): boolean {
  const parts = version.split(/[.-]/).map(Number);
  for (const [at, want] of wanted.entries()) {
    const have = parts[at] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}
