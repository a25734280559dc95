import mysql from 'mysql2';
import { portOf } from '../../kernel/instance-key.ts';
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
import type { Flavour } from './flavour.ts';
import { accountOptions } from './account-options.ts';
import { detachedOf, replicationOf } from './replication.ts';

/** MariaDB 10.5 and later. */
/** What a server calls itself, as all others there do, on a machine or in a container without a network device to take a number from. */
const noHardwareAddress = 'unknown';

export const mariadb: Flavour = {
  look: {
    columns: [
      '@@global.hostname hostname',
      '@@global.report_host report_host',
      '@@global.server_id server_id',
      '@@global.read_only read_only',
      '@@global.log_bin log_bin',
      '@@global.log_slave_updates log_slave_updates',
      '@@global.slave_net_timeout net_timeout',
      '@@global.binlog_format binlog_format',
      '@@global.binlog_row_image binlog_row_image',
      '@@global.gtid_current_pos gtid_current_pos',
      '@@global.gtid_binlog_state gtid_binlog_state',
      '@@global.rpl_semi_sync_master_enabled semi_sync_primary',
      '@@global.rpl_semi_sync_master_timeout semi_sync_timeout',
      '@@global.rpl_semi_sync_master_wait_point semi_sync_wait_point',
      '@@global.rpl_semi_sync_master_wait_no_slave semi_sync_wait_absent',
      '@@global.rpl_semi_sync_slave_enabled semi_sync_replica',
    ],
    scalars: {
      status_pairs: {
        sql: pairsSql('information_schema.global_status', [
          'Uptime',
          'Rpl_semi_sync_master_status',
          'Rpl_semi_sync_master_clients',
          'Rpl_semi_sync_master_wait_sessions',
          'Rpl_semi_sync_slave_status',
          // SHOW MASTER STATUS waits where two commits wait for a replica (AFTER_SYNC); these say the same, of what is committed.
          'Binlog_snapshot_file',
          'Binlog_snapshot_position',
        ]),
        about: 'status',
        grant: 'USAGE ON *.*',
      },
      dumping: {
        sql: dumpsSql('information_schema.processlist'),
        about: 'list of connections',
        grant: 'PROCESS ON *.*',
      },
    },
    statements: {
      channels: {
        sql: 'SHOW ALL SLAVES STATUS',
        about: 'replication status',
        grant: 'SLAVE MONITOR ON *.*',
        isNeeded: true,
      },
      registered: {
        sql: 'SHOW SLAVE HOSTS',
        about: 'list of registered replicas',
        grant: 'REPLICATION MASTER ADMIN ON *.*',
      },
    },
  },

  rare: { dumping: dumpsAreWanted },

  read({ version, comment, serverUid }, { own, rows, lacking }, key) {
    const status = asRow(text(own, 'status_pairs'));
    return {
      flavour: 'mariadb',
      version,
      versionComment: comment,
      serverId: mustNumber(own, 'server_id'),
      serverUuid: serverUid === noHardwareAddress ? '' : serverUid,
      hostname: text(own, 'hostname'),
      reportHost: text(own, 'report_host'),
      uptimeSeconds: number(status, 'uptime'),
      readOnly: mustFlag(own, 'read_only'),
      superReadOnly: false,
      logBin: mustFlag(own, 'log_bin'),
      logReplicaUpdates: mustFlag(own, 'log_slave_updates'),
      binlogFormat: text(own, 'binlog_format'),
      binlogRowImage: text(own, 'binlog_row_image'),
      binlogCoordinates: coordinates(
        text(status, 'binlog_snapshot_file'),
        number(status, 'binlog_snapshot_position'),
      ),
      gtidMode: '',
      executedGtid: text(own, 'gtid_current_pos'),
      binlogGtid: text(own, 'gtid_binlog_state'),
      purgedGtid: '',
      semiSync: {
        primaryEnabled: flag(own, 'semi_sync_primary'),
        primaryStatus: flag(status, 'rpl_semi_sync_master_status'),
        // MariaDB always waits for one replica and has no variable for it.
        waitForReplicas: 1,
        clients: number(status, 'rpl_semi_sync_master_clients'),
        timeoutMs: number(own, 'semi_sync_timeout'),
        replicaEnabled: flag(own, 'semi_sync_replica'),
        replicaStatus: flag(status, 'rpl_semi_sync_slave_status'),
        waitPoint: waitPoint(own, 'semi_sync_wait_point'),
        waitsForAbsent: flag(own, 'semi_sync_wait_absent'),
        waiting: numberOrNull(status, 'rpl_semi_sync_master_wait_sessions'),
      },
      replication: replicationOf(rows['channels'] ?? [], replicationWords),
      ...detachedOf(rows['channels'] ?? [], replicationWords),
      listedReplicas: listedReplicas(rows['registered'] ?? [], text(own, 'dumping'), portOf(key)),
      netTimeoutSeconds: numberOrNull(own, 'net_timeout'),
      group: null,
      lacks: [...lacking.values()],
    };
  },

  stopReceiving: ['STOP SLAVE IO_THREAD'],
  startReceiving: ['START SLAVE IO_THREAD'],
  startApplying: ['START SLAVE SQL_THREAD'],
  stopApplying: ['STOP SLAVE SQL_THREAD'],
  dropsRelayLogOnceStill: true,
  startReplica: ['START SLAVE'],
  stopReplica: ['STOP SLAVE'],
  forgetSource: 'RESET SLAVE ALL',
  changeDelay: (seconds) => `CHANGE MASTER TO MASTER_DELAY=${seconds}`,
  changesWhileApplying: false,
  changeSource({ host, port, finds, account }) {
    const options = [`MASTER_HOST=${mysql.escape(host)}`, `MASTER_PORT=${port}`];
    if (finds === 'gtid') options.push('MASTER_USE_GTID=slave_pos');
    else if (finds !== 'asBefore')
      options.push(
        `MASTER_LOG_FILE=${mysql.escape(finds.file)}`,
        `MASTER_LOG_POS=${finds.position}`,
        'MASTER_USE_GTID=no',
      );
    return `CHANGE MASTER TO ${[...options, ...accountOptions('MASTER', account)].join(', ')}`;
  },
  // What it has written itself is not in gtid_slave_pos, by which it would ask.
  beginAfter: (executed) => [`SET GLOBAL gtid_slave_pos = ${mysql.escape(executed)}`],
  setReadOnly: (readOnly) => `SET GLOBAL read_only = ${readOnly ? 1 : 0}`,
  semiSyncVariables: (side) => [`rpl_semi_sync_${side === 'primary' ? 'master' : 'slave'}_enabled`],
  killedCommitsWait: false,
  processlist: 'information_schema.processlist',
  skip: () => ['SET GLOBAL sql_slave_skip_counter = 1'],
  injectEmpty: null,
  resetBinlog(executed) {
    const position = mysql.escape(executed);
    return `RESET MASTER;\nSET GLOBAL gtid_binlog_state = ${position};\nSET GLOBAL gtid_slave_pos = ${position}`;
  },
};

const replicationWords: Parameters<typeof replicationOf>[1] = {
  channel: 'Connection_name',
  receivedGtid: 'Gtid_IO_Pos',
  position: (row) => (text(row, 'Using_Gtid').toLowerCase() === 'no' ? 'coordinates' : 'mariadb-gtid'),
};
