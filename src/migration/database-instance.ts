import { z } from 'zod';
import { type InstanceKey, instanceKey } from '../kernel/instance-key.ts';
import type { Coordinates } from '../topology/coordinates.ts';
import type { Replication, SemiSync, Server } from '../topology/observation.ts';
import { type Instance, newInstance } from '../topology/snapshot.ts';
import { isSourceAddress } from '../topology/source-address.ts';

/** A flag as SQL has it: 0 for no, anything else for yes. */
export const SqlFlag = z.number().transform((value) => value !== 0);

/** `2017-02-02 08:29:57`, UTC, as milliseconds since 1970. */
export const SqlTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, { error: 'a time is written as 2017-02-02 08:29:57' })
  .transform((text) => Date.parse(`${text.slice(0, 10)}T${text.slice(11)}Z`));

/** orchestrator stores the errors of replication threads in quotes. */
const QuotedText = z.string().transform((text) => text.replace(/^"(.*)"$/s, '$1'));

/** The columns of orchestrator's table database_instance that have a meaning for us (orchestrator 3.2.6). */
export const DatabaseInstance = z.object({
  hostname: z.string(),
  port: z.number(),
  last_checked: SqlTime,
  last_attempted_check: SqlTime,
  last_seen: SqlTime.nullable(),
  last_check_partial_success: SqlFlag,
  uptime: z.number(),
  server_id: z.number(),
  server_uuid: z.string(),
  version: z.string(),
  version_comment: z.string(),
  binlog_server: SqlFlag,
  read_only: SqlFlag,
  binlog_format: z.string(),
  binlog_row_image: z.string(),
  log_bin: SqlFlag,
  log_slave_updates: SqlFlag,
  binary_log_file: z.string(),
  binary_log_pos: z.number(),
  master_host: z.string(),
  master_port: z.number(),
  slave_sql_running: SqlFlag,
  slave_io_running: SqlFlag,
  last_sql_error: QuotedText,
  last_io_error: QuotedText,
  slave_lag_seconds: z.number().nullable(),
  sql_delay: z.number(),
  has_replication_filters: SqlFlag,
  master_log_file: z.string(),
  read_master_log_pos: z.number(),
  relay_master_log_file: z.string(),
  exec_master_log_pos: z.number(),
  relay_log_file: z.string(),
  relay_log_pos: z.number(),
  oracle_gtid: SqlFlag,
  mariadb_gtid: SqlFlag,
  pseudo_gtid: SqlFlag,
  gtid_mode: z.string(),
  executed_gtid_set: z.string(),
  gtid_purged: z.string(),
  gtid_errant: z.string(),
  cluster_name: z.string(),
  replication_depth: z.number(),
  is_co_master: SqlFlag,
  instance_alias: z.string(),
  data_center: z.string(),
  region: z.string(),
  physical_environment: z.string(),
  semi_sync_master_enabled: SqlFlag,
  semi_sync_master_status: SqlFlag,
  semi_sync_master_wait_for_slave_count: z.number(),
  semi_sync_master_clients: z.number(),
  semi_sync_master_timeout: z.number(),
  semi_sync_replica_enabled: SqlFlag,
  semi_sync_replica_status: SqlFlag,
  replication_group_name: z.string(),
  replication_group_member_state: z.string(),
  replication_group_member_role: z.string(),
});
export type DatabaseInstance = z.infer<typeof DatabaseInstance>;

/** An instance as the row knows it; what other tables say of it is not in there. */
export function instanceOf(row: DatabaseInstance): Instance {
  const key = instanceKey(row.hostname, row.port);
  return {
    ...newInstance(key),
    clusterName: row.cluster_name,
    checks: {
      checkedAt: row.last_checked,
      attemptedAt: row.last_attempted_check,
      seenAt: row.last_seen ?? 0,
      partial: row.last_check_partial_success,
      // The row keeps no more of what came back; its readers decide nothing.
      echo: row.last_check_partial_success ? 'answered' : 'silent',
      heardAt: 0,
      fellSilent: false,
      answerMs: null,
      hindrance: null,
      error: null,
      unheardSince: null,
    },
    server: serverOf(row),
    depth: row.replication_depth,
    isCoPrimary: row.is_co_master,
    alias: row.instance_alias,
    dataCenter: row.data_center,
    region: row.region,
    environment: row.physical_environment,
    group:
      row.replication_group_name === ''
        ? null
        : {
            name: row.replication_group_name,
            state: row.replication_group_member_state,
            role: row.replication_group_member_role,
          },
    gtidErrant: row.gtid_errant,
    isBinlogServer: row.binlog_server,
    usesPseudoGtid: row.pseudo_gtid,
  };
}

function serverOf(row: DatabaseInstance): Server {
  const source = sourceOf(row);
  return {
    flavour: flavourOf(row),
    version: row.version,
    versionComment: row.version_comment,
    serverId: row.server_id,
    serverUuid: row.server_uuid,
    hostname: row.hostname,
    reportHost: '',
    uptimeSeconds: row.uptime,
    readOnly: row.read_only,
    superReadOnly: false,
    logBin: row.log_bin,
    logReplicaUpdates: row.log_slave_updates,
    binlogFormat: row.binlog_format,
    binlogRowImage: row.binlog_row_image,
    binlogCoordinates: coordinatesOf(row.binary_log_file, row.binary_log_pos),
    gtidMode: row.gtid_mode,
    executedGtid: row.executed_gtid_set,
    binlogGtid: '',
    purgedGtid: row.gtid_purged,
    semiSync: semiSyncOf(row),
    replication: source === null ? null : replicationOf(row, source),
    detachedFrom: null,
    detachedAt: null,
    listedReplicas: [],
    netTimeoutSeconds: null,
    group: null,
    lacks: [],
  };
}

function sourceOf({ master_host, master_port }: DatabaseInstance): InstanceKey | null {
  return isSourceAddress(master_host, master_port) ? instanceKey(master_host, master_port) : null;
}

function replicationOf(row: DatabaseInstance, source: InstanceKey): Replication {
  return {
    source,
    ioThread: row.slave_io_running ? 'running' : 'stopped',
    sqlThread: row.slave_sql_running ? 'running' : 'stopped',
    lastIoError: row.last_io_error,
    lastSqlError: row.last_sql_error,
    lagSeconds: row.slave_lag_seconds,
    sqlDelaySeconds: row.sql_delay,
    position: row.oracle_gtid ? 'mysql-gtid' : row.mariadb_gtid ? 'mariadb-gtid' : 'coordinates',
    channel: '',
    channels: 1,
    otherChannels: [],
    receivedGtid: '',
    readCoordinates: coordinatesOf(row.master_log_file, row.read_master_log_pos),
    execCoordinates: coordinatesOf(row.relay_master_log_file, row.exec_master_log_pos),
    relayCoordinates: coordinatesOf(row.relay_log_file, row.relay_log_pos),
    hasFilters: row.has_replication_filters,
    user: '',
    connectRetrySeconds: null,
  };
}

function semiSyncOf(row: DatabaseInstance): SemiSync {
  return {
    primaryEnabled: row.semi_sync_master_enabled,
    primaryStatus: row.semi_sync_master_status,
    waitForReplicas: row.semi_sync_master_wait_for_slave_count,
    clients: row.semi_sync_master_clients,
    timeoutMs: row.semi_sync_master_timeout,
    replicaEnabled: row.semi_sync_replica_enabled,
    replicaStatus: row.semi_sync_replica_status,
    // orchestrator does not ask.
    waitPoint: null,
    waitsForAbsent: null,
    waiting: null,
  };
}

function flavourOf({ version, version_comment }: DatabaseInstance): Server['flavour'] {
  if (/mariadb/i.test(version + version_comment)) return 'mariadb';
  return /percona/i.test(version_comment) ? 'percona' : 'mysql';
}

function coordinatesOf(file: string, position: number): Coordinates | null {
  return file === '' ? null : { file, position };
}
