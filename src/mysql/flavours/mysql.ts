import mysql from 'mysql2';
import { portOf } from '../../kernel/instance-key.ts';
import type { SemiSync } from '../../topology/observation.ts';
import type { Rows } from '../link.ts';
import type { Questions } from '../questions.ts';
import {
  asRow,
  coordinates,
  dumpsAreWanted,
  dumpsSql,
  flag,
  listedReplicas,
  mustFlag,
  mustNumber,
  number,
  numberOrNull,
  pairsSql,
  text,
  waitPoint,
} from './columns.ts';
import { countedOnce, isCountedTwice } from './counted-twice.ts';
import type { Flavour, Identity } from './flavour.ts';
import { groupOf, membersSql } from './mysql-group.ts';
import { type MysqlWords, mysqlWords } from './mysql-words.ts';
import { accountOptions } from './account-options.ts';
import { detachedOf, replicationOf } from './replication.ts';

/** MySQL 5.7 to 9.x and Percona Server, which differ in words only. */
export function mysqlOf(identity: Identity): Flavour {
  const words = mysqlWords(identity.version, identity.performanceSchema);
  const replica = words.replica ? 'REPLICA' : 'SLAVE';
  const prefix = words.sourcePrefix;
  return {
    look: lookIn(words),
    rare: {
      dumping: (answers) =>
        dumpsAreWanted(answers) || isCountedTwice(clientsIn(answers.own), answers.rows['registered']),
      // Most servers are in no group, and would refuse the question.
      members: ({ own }) => groupName(own) !== '',
    },

    read({ version, comment }, { own, rows, lacking }, key) {
      const log = rows['log']?.[0] ?? {};
      const status = asRow(text(own, 'status_pairs'));
      const settings = asRow(text(own, 'setting_pairs'));
      const serverUuid = text(own, 'server_uuid');
      const group = groupOf({
        name: groupName(own),
        members: own['members'] === undefined ? null : text(own, 'members'),
        ownUuid: serverUuid,
        primaryUuid: text(status, 'group_replication_primary_member'),
      });
      return {
        flavour: comment.toLowerCase().includes('percona') ? 'percona' : 'mysql',
        version,
        versionComment: comment,
        serverId: mustNumber(own, 'server_id'),
        serverUuid,
        hostname: text(own, 'hostname'),
        reportHost: text(own, 'report_host'),
        uptimeSeconds: number(status, 'uptime'),
        readOnly: mustFlag(own, 'read_only'),
        superReadOnly: mustFlag(own, 'super_read_only'),
        logBin: mustFlag(own, 'log_bin'),
        logReplicaUpdates: mustFlag(own, 'log_replica_updates'),
        binlogFormat: text(settings, 'binlog_format'),
        binlogRowImage: text(own, 'binlog_row_image'),
        binlogCoordinates: coordinates(text(log, 'File'), number(log, 'Position')),
        gtidMode: text(own, 'gtid_mode'),
        executedGtid: text(own, 'gtid_executed'),
        binlogGtid: '',
        purgedGtid: text(own, 'gtid_purged'),
        semiSync: {
          ...semiSyncOf(settings, status),
          clients: countedOnce(clientsIn(own), {
            registered: rows['registered'],
            dumping: text(own, 'dumping'),
          }),
        },
        replication: replicationOf(rows['channels'] ?? [], replicationWords),
        ...detachedOf(rows['channels'] ?? [], replicationWords),
        listedReplicas: listedReplicas(rows['registered'] ?? [], text(own, 'dumping'), portOf(key)),
        netTimeoutSeconds: numberOrNull(own, 'net_timeout'),
        group,
        lacks: [...lacking.values()],
      };
    },

    stopReceiving: [`STOP ${replica} IO_THREAD`],
    startReceiving: [`START ${replica} IO_THREAD`],
    startApplying: [`START ${replica} SQL_THREAD`],
    stopApplying: [`STOP ${replica} SQL_THREAD`],
    dropsRelayLogOnceStill: false,
    startReplica: [`START ${replica}`],
    stopReplica: [`STOP ${replica}`],
    forgetSource: `RESET ${replica} ALL`,
    changeDelay: (seconds) => `${words.changeSource} ${prefix}_DELAY=${seconds}`,
    changesWhileApplying: true,
    changeSource({ host, port, finds, account }) {
      const options = [`${prefix}_HOST=${mysql.escape(host)}`, `${prefix}_PORT=${port}`];
      if (finds === 'gtid') options.push(`${prefix}_AUTO_POSITION=1`);
      else if (finds !== 'asBefore')
        options.push(
          `${prefix}_LOG_FILE=${mysql.escape(finds.file)}`,
          `${prefix}_LOG_POS=${finds.position}`,
          `${prefix}_AUTO_POSITION=0`,
        );
      const signIn = accountOptions(prefix, account, words.publicKeyOption);
      return `${words.changeSource} ${[...options, ...signIn].join(', ')}`;
    },
    // gtid_executed has what it wrote itself.
    beginAfter: () => [],
    // Turning read_only off turns super_read_only off with it.
    setReadOnly: (readOnly, isSuper) =>
      readOnly && isSuper ? 'SET GLOBAL super_read_only = 1' : `SET GLOBAL read_only = ${readOnly ? 1 : 0}`,
    semiSyncVariables: (side) =>
      (side === 'primary' ? ['source', 'master'] : ['replica', 'slave']).map(
        (word) => `rpl_semi_sync_${word}_enabled`,
      ),
    killedCommitsWait: true,
    processlist: words.processlist,
    skip: (gtid) => (gtid === null ? ['SET GLOBAL sql_slave_skip_counter = 1'] : [emptyUnder(gtid)]),
    injectEmpty: (gtids) => gtids.map(emptyUnder),
    resetBinlog: (executed) => `${words.resetBinlog};\nSET GLOBAL gtid_purged = ${mysql.escape(executed)}`,
  };
}

/** One message, so that the session never keeps a GTID of its own for what is not meant. */
function emptyUnder(gtid: string): string {
  return `SET SESSION GTID_NEXT = ${mysql.escape(gtid)};\nBEGIN;\nCOMMIT;\nSET SESSION GTID_NEXT = 'AUTOMATIC'`;
}

function lookIn(words: MysqlWords): Questions {
  return {
    columns: [
      '@@global.hostname hostname',
      '@@global.report_host report_host',
      '@@global.server_id server_id',
      '@@global.server_uuid server_uuid',
      '@@global.read_only read_only',
      '@@global.super_read_only super_read_only',
      '@@global.log_bin log_bin',
      `@@global.${words.replicaUpdates} log_replica_updates`,
      `@@global.${words.netTimeout} net_timeout`,
      '@@global.binlog_row_image binlog_row_image',
      '@@global.gtid_mode gtid_mode',
      '@@global.gtid_executed gtid_executed',
      '@@global.gtid_purged gtid_purged',
    ],
    scalars: {
      status_pairs: {
        sql: pairsSql('performance_schema.global_status', [
          'Uptime',
          ...bothWays('status'),
          ...bothWays('clients'),
          ...bothWays('wait_sessions'),
          'Rpl_semi_sync_replica_status',
          'Rpl_semi_sync_slave_status',
          'group_replication_primary_member',
        ]),
        about: 'status',
        grant: 'SELECT ON performance_schema.global_status',
      },
      // Those of plugins do not exist without them, and those that are deprecated will not for ever.
      setting_pairs: {
        sql: pairsSql('performance_schema.global_variables', [
          'binlog_format',
          ...bothWays('enabled'),
          ...bothWays('timeout'),
          ...bothWays('wait_point'),
          'rpl_semi_sync_source_wait_no_replica',
          'rpl_semi_sync_master_wait_no_slave',
          'rpl_semi_sync_source_wait_for_replica_count',
          'rpl_semi_sync_master_wait_for_slave_count',
          'rpl_semi_sync_replica_enabled',
          'rpl_semi_sync_slave_enabled',
          'group_replication_group_name',
        ]),
        about: 'settings of plugins',
        grant: 'SELECT ON performance_schema.global_variables',
      },
      dumping: {
        sql: dumpsSql(words.processlist),
        about: 'list of connections',
        grant: 'PROCESS ON *.*',
      },
      members: {
        sql: membersSql(words.memberRole),
        about: 'list of group members',
        grant: 'SELECT ON performance_schema.replication_group_members',
      },
    },
    statements: {
      channels: {
        sql: words.replica ? 'SHOW REPLICA STATUS' : 'SHOW SLAVE STATUS',
        about: 'replication status',
        grant: 'REPLICATION CLIENT ON *.*',
        isNeeded: true,
      },
      log: {
        sql: words.logStatus,
        about: 'binary log coordinates',
        grant: 'REPLICATION CLIENT ON *.*',
      },
      registered: {
        sql: words.replicaHosts,
        about: 'list of registered replicas',
        grant: 'REPLICATION SLAVE ON *.*',
      },
    },
  };
}

function groupName(own: Rows[number]): string {
  return text(asRow(text(own, 'setting_pairs')), 'group_replication_group_name');
}

/** 8.0.26 and later have plugins of both names, and only one of them is loaded. */
function bothWays(word: string): string[] {
  return [`Rpl_semi_sync_source_${word}`, `Rpl_semi_sync_master_${word}`];
}

/** The semi-sync replicas as MySQL counts them, which is by connections. */
function clientsIn(own: Rows[number]): number {
  const names = bothWays('clients').map((name) => name.toLowerCase());
  return number(asRow(text(own, 'status_pairs')), ...names);
}

function semiSyncOf(settings: Rows[number], status: Rows[number]): Omit<SemiSync, 'clients'> {
  const named = (word: string) => bothWays(word).map((name) => name.toLowerCase());
  return {
    primaryEnabled: flag(settings, ...named('enabled')),
    primaryStatus: flag(status, ...named('status')),
    waitForReplicas: number(
      settings,
      'rpl_semi_sync_source_wait_for_replica_count',
      'rpl_semi_sync_master_wait_for_slave_count',
    ),
    timeoutMs: number(settings, ...named('timeout')),
    replicaEnabled: flag(settings, 'rpl_semi_sync_replica_enabled', 'rpl_semi_sync_slave_enabled'),
    replicaStatus: flag(status, 'rpl_semi_sync_replica_status', 'rpl_semi_sync_slave_status'),
    waitPoint: waitPoint(settings, ...named('wait_point')),
    waitsForAbsent: flag(
      settings,
      'rpl_semi_sync_source_wait_no_replica',
      'rpl_semi_sync_master_wait_no_slave',
    ),
    waiting: numberOrNull(status, ...named('wait_sessions')),
  };
}

const replicationWords: Parameters<typeof replicationOf>[1] = {
  channel: 'Channel_Name',
  receivedGtid: 'Retrieved_Gtid_Set',
  position: (row) => (flag(row, 'Auto_Position') ? 'mysql-gtid' : 'coordinates'),
};
