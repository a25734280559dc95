import mysql from 'mysql2';
import { portOf } from '../../kernel/instance-key.ts';
import type { Rows } from '../link.ts';
import { asRow, coordinates, flag, listedReplicas, number, numberOrNull, text } from './columns.ts';
import type { Flavour, Identity } from './flavour.ts';
import { replicationOf } from './replication.ts';

/** Whether a server takes the words of 8.0.22 and later (REPLICA, SOURCE), and those of 8.2 and later. */
interface Words {
  readonly replica: boolean;
  readonly binaryLogStatus: boolean;
}

/** MySQL 5.7 to 9.x and Percona Server, which differ in words only. */
export function mysqlOf(identity: Identity): Flavour {
  const words = wordsOf(identity.version);
  const { replica } = words;
  return {
    look: [
      `SELECT @@global.hostname hostname, IFNULL(@@global.report_host, '') report_host, @@global.server_id server_id,
        @@global.server_uuid server_uuid, @@global.read_only read_only, @@global.super_read_only super_read_only,
        @@global.log_bin log_bin, @@global.${replica ? 'log_replica_updates' : 'log_slave_updates'} log_replica_updates,
        @@global.${replica ? 'replica_net_timeout' : 'slave_net_timeout'} net_timeout,
        @@global.binlog_format binlog_format, @@global.binlog_row_image binlog_row_image, @@global.gtid_mode gtid_mode,
        @@global.gtid_executed gtid_executed, @@global.gtid_purged gtid_purged`,
      replica ? 'SHOW REPLICA STATUS' : 'SHOW SLAVE STATUS',
      words.binaryLogStatus ? 'SHOW BINARY LOG STATUS' : 'SHOW MASTER STATUS',
      `SHOW GLOBAL STATUS WHERE Variable_name = 'Uptime' OR Variable_name LIKE 'Rpl\\_semi\\_sync\\_%'`,
      replica ? 'SHOW REPLICAS' : 'SHOW SLAVE HOSTS',
      `SELECT SUBSTRING_INDEX(host, ':', 1) replica_host FROM ${replica ? 'performance_schema' : 'information_schema'}.processlist
        WHERE command LIKE 'Binlog Dump%'`,
      // Without the plugins these variables do not exist, so they cannot be selected by name.
      `SHOW GLOBAL VARIABLES LIKE 'rpl\\_semi\\_sync\\_%'`,
    ],

    read({ version, comment }, results, key) {
      const [
        variables,
        channels = [],
        logStatus,
        statusRows = [],
        registered = [],
        dumping = [],
        semiSyncRows = [],
      ] = results;
      const own = variables?.[0] ?? {};
      const log = logStatus?.[0] ?? {};
      const status = asRow(statusRows);
      const semiSync = asRow(semiSyncRows);
      const renamed = (row: Rows[number], word: string) =>
        [`rpl_semi_sync_source_${word}`, `rpl_semi_sync_master_${word}`].find(
          (name) => row[name] !== undefined,
        ) ?? '';
      return {
        flavour: comment.toLowerCase().includes('percona') ? 'percona' : 'mysql',
        version,
        versionComment: comment,
        serverId: number(own, 'server_id'),
        serverUuid: text(own, 'server_uuid'),
        hostname: text(own, 'hostname'),
        reportHost: text(own, 'report_host'),
        uptimeSeconds: number(status, 'uptime'),
        readOnly: flag(own, 'read_only'),
        superReadOnly: flag(own, 'super_read_only'),
        logBin: flag(own, 'log_bin'),
        logReplicaUpdates: flag(own, 'log_replica_updates'),
        binlogFormat: text(own, 'binlog_format'),
        binlogRowImage: text(own, 'binlog_row_image'),
        binlogCoordinates: coordinates(text(log, 'File'), number(log, 'Position')),
        gtidMode: text(own, 'gtid_mode'),
        executedGtid: text(own, 'gtid_executed'),
        binlogGtid: '',
        purgedGtid: text(own, 'gtid_purged'),
        semiSync: {
          primaryEnabled: flag(semiSync, renamed(semiSync, 'enabled')),
          primaryStatus: flag(status, renamed(status, 'status')),
          waitForReplicas: number(
            semiSync,
            'rpl_semi_sync_source_wait_for_replica_count',
            'rpl_semi_sync_master_wait_for_slave_count',
          ),
          clients: number(status, renamed(status, 'clients')),
          timeoutMs: number(semiSync, renamed(semiSync, 'timeout')),
          replicaEnabled: flag(semiSync, 'rpl_semi_sync_replica_enabled', 'rpl_semi_sync_slave_enabled'),
          replicaStatus: flag(status, 'rpl_semi_sync_replica_status', 'rpl_semi_sync_slave_status'),
        },
        replication: replicationOf(channels, replicationWords),
        listedReplicas: listedReplicas(registered, dumping, portOf(key)),
        netTimeoutSeconds: numberOrNull(own, 'net_timeout'),
        group: null,
        lacks: [],
      };
    },

    stopReceiving: [replica ? 'STOP REPLICA IO_THREAD' : 'STOP SLAVE IO_THREAD'],
    startReceiving: [replica ? 'START REPLICA IO_THREAD' : 'START SLAVE IO_THREAD'],
    startApplying: [replica ? 'START REPLICA SQL_THREAD' : 'START SLAVE SQL_THREAD'],
    dropsRelayLogOnceStill: false,
    startReplica: [replica ? 'START REPLICA' : 'START SLAVE'],
    stopReplica: [replica ? 'STOP REPLICA' : 'STOP SLAVE'],
    forgetSource: replica ? 'RESET REPLICA ALL' : 'RESET SLAVE ALL',
    changeSource: (host, port) =>
      replica && atLeast(identity.version, 8, 0, 23)
        ? `CHANGE REPLICATION SOURCE TO SOURCE_HOST=${mysql.escape(host)}, SOURCE_PORT=${port}, SOURCE_AUTO_POSITION=1`
        : `CHANGE MASTER TO MASTER_HOST=${mysql.escape(host)}, MASTER_PORT=${port}, MASTER_AUTO_POSITION=1`,
    // Turning read_only off turns super_read_only off with it.
    setReadOnly: (readOnly, isSuper) =>
      readOnly && isSuper ? 'SET GLOBAL super_read_only = 1' : `SET GLOBAL read_only = ${readOnly ? 1 : 0}`,
  };
}

function wordsOf(version: string): Words {
  return { replica: atLeast(version, 8, 0, 26), binaryLogStatus: atLeast(version, 8, 2, 0) };
}

function atLeast(version: string, ...wanted: readonly [number, number, number]): boolean {
  const parts = version.split(/[.-]/).map(Number);
  for (const [at, want] of wanted.entries()) {
    const have = parts[at] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

const replicationWords: Parameters<typeof replicationOf>[1] = {
  channel: 'Channel_Name',
  receivedGtid: 'Retrieved_Gtid_Set',
  position: (row) => (flag(row, 'Auto_Position') ? 'mysql-gtid' : 'coordinates'),
};
