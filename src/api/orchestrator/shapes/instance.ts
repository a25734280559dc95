import { compareKeys, hostOf, type InstanceKey, portOf } from '../../../kernel/instance-key.ts';
import { isDetached, isReplicating, type Replication, type Server } from '../../../topology/observation.ts';
import { type Instance, isCheckValid, isDowntimed } from '../../../topology/snapshot.ts';
import type { View } from '../../../controller/view.ts';
import { coordinatesShape, keyShape, nullableShape, oneOf, timestamp } from './values.ts';

/** An instance as orchestrator writes it, its misspelt names included (orchestrator 3.2.6, section 5.1). */
export function instanceShape(instance: Instance, view: View): object {
  const replicas = view.inventory.replicasOf(instance.key).map(({ key }) => key);
  return oneOf(
    identityShape(instance),
    logShape(instance.server),
    replicationShape(instance),
    lagShape(instance),
    relativesShape(instance, replicas, view),
    semiSyncShape(instance),
    checksShape(instance, view),
    wordsShape(instance, view.now()),
    {
      Problems: problemsOf(instance, view),
      LastDiscoveryLatency: Math.round((instance.checks.answerMs ?? 0) * 1e6),
    },
    groupShape(instance),
  );
}

/** What orchestrator calls problems of an instance: the first that applies, and what may come on top. */
export function problemsOf(instance: Instance, view: View): readonly string[] {
  const also = [
    ...(instance.gtidErrant === '' ? [] : ['errant_gtid']),
    ...(instance.group === null || instance.group.state === 'ONLINE'
      ? []
      : ['group_replication_member_not_online']),
  ];
  const first = firstProblem(instance, view);
  return first === null ? also : [first, ...also];
}

function firstProblem(instance: Instance, view: View): string | null {
  const replication = instance.server?.replication ?? null;
  if (!isCheckValid(instance)) return 'last_check_invalid';
  if (!isFresh(instance, view, 5)) return 'not_recently_checked';
  if (replication === null) return null;
  if (!isReplicating(instance.server)) return 'not_replicating';
  const late = Math.abs((replication.lagSeconds ?? 0) - replication.sqlDelaySeconds);
  return replication.lagSeconds !== null && late > view.config.ReasonableReplicationLagSeconds
    ? 'replication_lag'
    : null;
}

/** When it last gave any sign of life, in milliseconds since 1970; orchestrator knows only of full readings. */
function lastSeenAt({ checks }: Instance): number {
  return Math.max(checks.seenAt, checks.heardAt);
}

/** Whether it was asked within so many polls. */
export function isFresh(instance: Instance, { config, now }: View, polls: number): boolean {
  const { checkedAt, heardAt } = instance.checks;
  return now() - Math.max(checkedAt, heardAt) <= polls * config.InstancePollSeconds * 1_000;
}

function identityShape({ key, alias, server }: Instance) {
  return {
    Key: keyShape(key),
    InstanceAlias: alias,
    Uptime: server?.uptimeSeconds ?? 0,
    ServerID: server?.serverId ?? 0,
    ServerUUID: server?.serverUuid ?? '',
    Version: server?.version ?? '',
    VersionComment: server?.versionComment ?? '',
    FlavorName: server === null ? '' : flavours[server.flavour],
    ReadOnly: server?.readOnly ?? false,
  };
}

const flavours = { mariadb: 'MariaDB', mysql: 'MySQL', percona: 'Percona' } as const;

function logShape(server: Server | null) {
  return {
    Binlog_format: server?.binlogFormat ?? '',
    BinlogRowImage: server?.binlogRowImage ?? '',
    LogBinEnabled: server?.logBin ?? false,
    LogSlaveUpdatesEnabled: server?.logReplicaUpdates ?? false,
    LogReplicationUpdatesEnabled: server?.logReplicaUpdates ?? false,
    SelfBinlogCoordinates: coordinatesShape(server?.binlogCoordinates ?? null),
  };
}

function replicationShape({ server, usesPseudoGtid, gtidErrant }: Instance) {
  const replication = server?.replication ?? null;
  const detached = server !== null && isDetached(server) ? server.detachedFrom : null;
  const isRunning = (thread: 'ioThread' | 'sqlThread') => replication?.[thread] === 'running';
  // GTID sets are orchestrator's only where they are MySQL's.
  const isMysql = server !== null && server.flavour !== 'mariadb';
  return {
    MasterKey: detached === null ? keyShape(replication?.source ?? null) : nowhere(detached),
    MasterUUID: '',
    AncestryUUID: '',
    IsDetachedMaster: detached !== null,
    Slave_SQL_Running: isRunning('sqlThread'),
    ReplicationSQLThreadRuning: isRunning('sqlThread'),
    Slave_IO_Running: isRunning('ioThread'),
    ReplicationIOThreadRuning: isRunning('ioThread'),
    ReplicationSQLThreadState: detached === null ? threads[replication?.sqlThread ?? 'none'] : 0,
    ReplicationIOThreadState: detached === null ? threads[replication?.ioThread ?? 'none'] : 0,
    HasReplicationFilters: replication?.hasFilters ?? false,
    GTIDMode: server?.gtidMode ?? '',
    SupportsOracleGTID: isMysql && server.gtidMode.toUpperCase() === 'ON',
    UsingOracleGTID: replication?.position === 'mysql-gtid',
    UsingMariaDBGTID: replication?.position === 'mariadb-gtid',
    UsingPseudoGTID: usesPseudoGtid,
    ReadBinlogCoordinates: coordinatesShape(replication?.readCoordinates ?? null),
    ExecBinlogCoordinates: coordinatesShape(replication?.execCoordinates ?? server?.detachedAt ?? null),
    IsDetached: detached !== null,
    RelaylogCoordinates: coordinatesShape(replication?.relayCoordinates ?? null, 1),
    LastSQLError: quoted(replication?.lastSqlError ?? ''),
    LastIOError: quoted(replication?.lastIoError ?? ''),
    ExecutedGtidSet: isMysql ? server.executedGtid : '',
    GtidPurged: isMysql ? server.purgedGtid : '',
    GtidErrant: gtidErrant,
  };
}

const threads: Readonly<Record<Replication['ioThread'], number>> = {
  none: -1,
  stopped: 0,
  running: 1,
  connecting: 2,
};

/** orchestrator detaches a replica by writing two slashes before its source's host. */
function nowhere(source: InstanceKey) {
  return { Hostname: `//${hostOf(source)}`, Port: portOf(source) };
}

/** As Go quotes a text; nothing stays nothing. */
function quoted(text: string): string {
  return text === '' ? '' : JSON.stringify(text);
}

function lagShape({ server }: Instance) {
  const replication = server?.replication ?? null;
  const lag = isReplicating(server) ? (replication?.lagSeconds ?? null) : null;
  return {
    SecondsBehindMaster: nullableShape(lag),
    SQLDelay: replication?.sqlDelaySeconds ?? 0,
    SlaveLagSeconds: nullableShape(lag),
    ReplicationLagSeconds: nullableShape(lag),
  };
}

function relativesShape(
  { key, clusterName, dataCenter, region, environment, depth, isCoPrimary }: Instance,
  replicas: readonly InstanceKey[],
  { inventory }: View,
) {
  const below = replicas.toSorted(compareKeys).map(keyShape);
  const cluster = inventory.clusterOf(key);
  return {
    SlaveHosts: below,
    Replicas: below,
    ClusterName: cluster?.name ?? clusterName,
    SuggestedClusterAlias: cluster === null || cluster.alias === cluster.name ? '' : cluster.alias,
    DataCenter: dataCenter,
    Region: region,
    PhysicalEnvironment: environment,
    ReplicationDepth: depth,
    IsCoMaster: isCoPrimary,
  };
}

function semiSyncShape({ server, semiSyncPriority }: Instance) {
  const semiSync = server?.semiSync ?? null;
  const isUsed = semiSync !== null && (semiSync.primaryEnabled || semiSync.replicaEnabled);
  return {
    HasReplicationCredentials: (server?.replication?.user ?? '') !== '',
    ReplicationCredentialsAvailable: false,
    // MariaDB has it without a plugin since 10.3.
    SemiSyncAvailable: server?.flavour === 'mariadb' || isUsed,
    SemiSyncPriority: semiSyncPriority ?? 0,
    SemiSyncMasterEnabled: semiSync?.primaryEnabled ?? false,
    SemiSyncReplicaEnabled: semiSync?.replicaEnabled ?? false,
    SemiSyncMasterTimeout: semiSync?.timeoutMs ?? 0,
    SemiSyncMasterWaitForReplicaCount: server?.flavour === 'mariadb' ? 0 : (semiSync?.waitForReplicas ?? 0),
    SemiSyncMasterStatus: semiSync?.primaryStatus ?? false,
    SemiSyncMasterClients: semiSync?.clients ?? 0,
    SemiSyncReplicaStatus: semiSync?.replicaStatus ?? false,
  };
}

function checksShape(instance: Instance, view: View) {
  const seenAt = lastSeenAt(instance);
  const silentSeconds = seenAt === 0 ? null : Math.max(0, Math.floor((view.now() - seenAt) / 1_000));
  return {
    LastSeenTimestamp: timestamp(seenAt),
    IsLastCheckValid: isCheckValid(instance),
    IsUpToDate: isFresh(instance, view, 1),
    IsRecentlyChecked: isFresh(instance, view, 5),
    SecondsSinceLastSeen: nullableShape(silentSeconds),
    CountMySQLSnapshots: 0,
  };
}

function wordsShape(instance: Instance, now: number) {
  const { promotionRule } = instance;
  const downtime = isDowntimed(instance, now) ? instance.downtime : null;
  return {
    IsCandidate: promotionRule === 'must' || promotionRule === 'prefer',
    PromotionRule: promotionRule,
    IsDowntimed: downtime !== null,
    DowntimeReason: downtime?.reason ?? '',
    DowntimeOwner: downtime?.owner ?? '',
    DowntimeEndTimestamp: timestamp(downtime?.until ?? null),
    ElapsedDowntime: 0,
    UnresolvedHostname: '',
    AllowTLS: false,
  };
}

function groupShape({ server, group }: Instance) {
  const members = server?.group?.members ?? [];
  const primaries = members.filter(({ role }) => role === 'PRIMARY');
  const [primary] = primaries;
  return {
    ReplicationGroupName: group?.name ?? '',
    ReplicationGroupIsSinglePrimary: primaries.length === 1 && members.length > 1,
    ReplicationGroupMemberState: group?.state ?? '',
    ReplicationGroupMemberRole: group?.role ?? '',
    ReplicationGroupMembers: members.map(({ key }) => keyShape(key)),
    ReplicationGroupPrimaryInstanceKey: keyShape(primaries.length === 1 ? (primary?.key ?? null) : null),
  };
}
