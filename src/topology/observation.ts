import { z } from 'zod';
import { InstanceKey } from '../kernel/instance-key.ts';
import { Coordinates } from './coordinates.ts';

/** `none` where there is no such thread; `connecting` is an IO thread that has lost its source and retries. */
const ThreadState = z.enum(['running', 'connecting', 'stopped', 'none']);

/** A channel beside the one that `Replication` describes: a server may have many sources. */
const OtherChannel = z.object({
  /** Empty for the default one. */
  channel: z.string(),
  source: InstanceKey,
  ioThread: ThreadState,
  sqlThread: ThreadState,
});

/** One instance's replication from its source, as the instance itself tells it. */
export const Replication = z.object({
  source: InstanceKey,
  ioThread: ThreadState,
  sqlThread: ThreadState,
  lastIoError: z.string(),
  lastSqlError: z.string(),
  /** Seconds behind the source; null where the server cannot tell. */
  lagSeconds: z.number().nullable(),
  /** The delay that was configured on purpose. */
  sqlDelaySeconds: z.number(),
  /** How the instance asks its source for events. */
  position: z.enum(['coordinates', 'mysql-gtid', 'mariadb-gtid']),
  /** All GTIDs received, applied or not; empty without GTID. MariaDB: Gtid_IO_Pos, MySQL: Retrieved_Gtid_Set. */
  receivedGtid: z.string(),
  readCoordinates: Coordinates.nullable(),
  execCoordinates: Coordinates.nullable(),
  relayCoordinates: Coordinates.nullable(),
  hasFilters: z.boolean(),
  /** The name of the channel this is read from; empty for the default one. */
  channel: z.string(),
  /** From how many sources the server replicates, this one counted. */
  channels: z.number(),
  /** The channels that are not described here. */
  otherChannels: z.array(OtherChannel).default([]),
  user: z.string(),
  /** How long it waits between two attempts to reach its source; null where an older build did not ask. */
  connectRetrySeconds: z.number().nullable().default(null),
});
export type Replication = z.infer<typeof Replication>;

export const SemiSync = z.object({
  primaryEnabled: z.boolean(),
  /** Whether commits really wait for a replica now. */
  primaryStatus: z.boolean(),
  waitForReplicas: z.number(),
  clients: z.number(),
  timeoutMs: z.number(),
  replicaEnabled: z.boolean(),
  /** Whether it acknowledges what it receives now. */
  replicaStatus: z.boolean(),
  /** Whether a commit waits before others can see it, or after. This and what follows is null where an older build did not ask. */
  waitPoint: z.enum(['after-sync', 'after-commit']).nullable().default(null),
  /** Whether commits go on waiting, up to the timeout, while fewer replicas are connected than they wait for. */
  waitsForAbsent: z.boolean().nullable().default(null),
  /** How many sessions wait for their commit to be acknowledged now. */
  waiting: z.number().nullable().default(null),
});
export type SemiSync = z.infer<typeof SemiSync>;

/** One member of a replication group, as another or itself sees it. */
const GroupMember = z.object({
  key: InstanceKey,
  /** MySQL's word: ONLINE, RECOVERING, UNREACHABLE, ERROR, OFFLINE. */
  state: z.string(),
  /** PRIMARY, SECONDARY, or empty where the server does not say (5.7, a member that is not in contact). */
  role: z.string(),
});

/** MySQL group replication as one of its members sees it. */
export const Group = z.object({
  /** The group's UUID, group_replication_group_name. */
  name: z.string(),
  /** This member's own state and role; both empty where the account may not read them. */
  state: z.string(),
  role: z.string(),
  /** All members that it sees, itself among them. */
  members: z.array(GroupMember),
});
export type Group = z.infer<typeof Group>;

/** What a server says of itself. */
export const Server = z.object({
  flavour: z.enum(['mariadb', 'mysql', 'percona']),
  version: z.string(),
  versionComment: z.string(),
  serverId: z.number(),
  /** MySQL's server_uuid, MariaDB's server_uid; empty on a MariaDB that has none. */
  serverUuid: z.string(),
  hostname: z.string(),
  reportHost: z.string(),
  uptimeSeconds: z.number(),
  readOnly: z.boolean(),
  superReadOnly: z.boolean(),
  logBin: z.boolean(),
  logReplicaUpdates: z.boolean(),
  binlogFormat: z.string(),
  binlogRowImage: z.string(),
  binlogCoordinates: Coordinates.nullable(),
  /** MySQL's gtid_mode; empty on MariaDB, which has none. */
  gtidMode: z.string(),
  /** Everything this server has executed. MariaDB: gtid_current_pos (all domains), MySQL: gtid_executed. */
  executedGtid: z.string(),
  /**
   * MariaDB's gtid_binlog_state: for each domain and each server that ever wrote in it, the last that is in
   * this server's binary log. Empty on MySQL, whose executedGtid says as much.
   */
  binlogGtid: z.string().default(''),
  purgedGtid: z.string(),
  semiSync: SemiSync,
  replication: Replication.nullable(),
  /** The source that it was detached from (orchestrator's `//host`) and finds back to; it replicates from nothing meanwhile. */
  detachedFrom: InstanceKey.nullable().default(null),
  /** The place in that source's log at which it would go on; null where it goes by GTID, or is not detached. */
  detachedAt: Coordinates.nullable().default(null),
  /** Replicas that this server names itself, by SHOW REPLICAS or by its process list. */
  listedReplicas: z.array(InstanceKey),
  /**
   * After how long without a word from its source it calls the connection dead: slave_net_timeout, which newer
   * MySQL calls replica_net_timeout. Null where an older build did not ask.
   */
  netTimeoutSeconds: z.number().nullable().default(null),
  /** Null where the server is in no replication group. */
  group: Group.nullable().default(null),
  /** What could not be read and why, one sentence each: parts that Baton can do without. */
  lacks: z.array(z.string()).default([]),
});
export type Server = z.infer<typeof Server>;

/**
 * What came back from an instance's address: `answered` is anything of a server's own, be it rows, an error or
 * no more than its greeting; `refused` is an address where nothing listens, `reset` a connection that ended
 * without a word, `silent` nothing at all, whatever stood in the way.
 */
export const Echo = z.enum(['answered', 'refused', 'reset', 'silent']);
export type Echo = z.infer<typeof Echo>;

/**
 * Why a server that answers could not be read: it has no connection left, it does not let us in, its answer makes
 * no sense, or its answer began and did not end.
 */
export const Hindrance = z.enum(['full', 'denied', 'unreadable', 'unfinished']);
export type Hindrance = z.infer<typeof Hindrance>;

/**
 * What one look at one instance brought. Never edited; a newer look makes a newer observation.
 * `partial` is a server that answered something, then failed.
 */
export const Observation = z.object({
  key: InstanceKey,
  /** When the look ended, milliseconds since 1970 on the observer's clock. */
  at: z.number(),
  tookMs: z.number(),
  outcome: z.enum(['read', 'partial', 'failed']),
  echo: Echo,
  /** It was asked over a connection that had served before; not known where absent. */
  overKept: z.boolean().optional(),
  /** Absent or null when all was read, and where it is something else. */
  hindrance: Hindrance.nullish(),
  /** One sentence, null when all was read. */
  error: z.string().nullable(),
  server: Server.nullable(),
});
export type Observation = z.infer<typeof Observation>;

/**
 * A replica that was made to look for its source where there is none, and waits to find back: no primary, though it
 * follows nobody. One that takes writes is a primary that somebody has cut loose so (orchestrator's
 * MasterFailoverDetachReplicaMasterHost does).
 */
export function isDetached({ replication, detachedFrom, readOnly }: Server): boolean {
  return replication === null && detachedFrom !== null && readOnly;
}

/** An IO thread that is connected and a SQL thread that applies: what orchestrator calls replicating. */
export function isReplicating(server: Server | null): boolean {
  const replication = server?.replication;
  return replication?.ioThread === 'running' && replication.sqlThread === 'running';
}

/** It replicates by GTID, or writes transactions that have one. */
export function usesGtid({ replication, gtidMode }: Server): boolean {
  const follows = replication !== null && replication.position !== 'coordinates';
  return follows || !['', 'OFF'].includes(gtidMode.toUpperCase());
}

/** It lags on purpose. */
export function isDelayed(server: Server | null): boolean {
  return (server?.replication?.sqlDelaySeconds ?? 0) > 0;
}
