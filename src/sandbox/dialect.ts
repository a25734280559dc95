import type { Account } from './accounts.ts';
import type { Flavour } from './server-package.ts';

/** What the two flavours say differently, in the words of MariaDB 10.5 and of MySQL 8.4. */
export interface Dialect {
  /** Replicate from a server of the sandbox, by GTID, from the beginning on. */
  readonly follow: (port: number, replication: Account) => string;
  readonly stopReplicating: string;
  /** Forget every transaction and every source; the server must not be replicating. */
  readonly forget: string;
  readonly replicationStatus: string;
  /** One value: all that was executed. */
  readonly executedGtid: string;
  /** One value, `waitedFor` once the GTIDs are applied; anything else after `seconds`. */
  readonly waitFor: (gtid: string, seconds: number) => string;
  readonly waitedFor: string;
  readonly writable: string;
  /** The variable of a primary that waits for a replica at each commit. */
  readonly semiSyncSource: string;
  /** The variable of a replica that tells such a primary what it has received. */
  readonly semiSyncReplica: string;
}

export const dialects: Record<Flavour, Dialect> = {
  mariadb: {
    follow: (port, { user, password }) =>
      `CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=${port}, MASTER_USER='${user}',
         MASTER_PASSWORD='${password}', MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1,
         MASTER_HEARTBEAT_PERIOD=2, MASTER_SSL=0;
       START SLAVE;`,
    stopReplicating: 'STOP SLAVE; RESET SLAVE ALL;',
    forget: "RESET MASTER; SET GLOBAL gtid_slave_pos='';",
    replicationStatus: 'SHOW SLAVE STATUS',
    executedGtid: 'SELECT @@global.gtid_current_pos;',
    waitFor: (gtid, seconds) => `SELECT MASTER_GTID_WAIT('${gtid}', ${seconds});`,
    waitedFor: '0',
    writable: 'SET GLOBAL read_only=0;',
    semiSyncSource: 'rpl_semi_sync_master_enabled',
    semiSyncReplica: 'rpl_semi_sync_slave_enabled',
  },
  mysql: {
    // Ten attempts are the server's own default; a primary may be away for longer than ten seconds.
    follow: (port, { user, password }) =>
      `CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=${port}, SOURCE_USER='${user}',
         SOURCE_PASSWORD='${password}', SOURCE_AUTO_POSITION=1, SOURCE_CONNECT_RETRY=1,
         SOURCE_RETRY_COUNT=86400, SOURCE_HEARTBEAT_PERIOD=2, GET_SOURCE_PUBLIC_KEY=1;
       START REPLICA;`,
    stopReplicating: 'STOP REPLICA; RESET REPLICA ALL;',
    forget: 'RESET BINARY LOGS AND GTIDS;',
    replicationStatus: 'SHOW REPLICA STATUS',
    executedGtid: 'SELECT @@global.gtid_executed;',
    waitFor: (gtid, seconds) => `SELECT WAIT_FOR_EXECUTED_GTID_SET('${gtid}', ${seconds});`,
    waitedFor: '0',
    writable: 'SET GLOBAL super_read_only=0; SET GLOBAL read_only=0;',
    semiSyncSource: 'rpl_semi_sync_source_enabled',
    semiSyncReplica: 'rpl_semi_sync_replica_enabled',
  },
};
