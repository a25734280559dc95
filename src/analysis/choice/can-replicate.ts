import { messageOf } from '../../kernel/errors.ts';
import { binlogFormatRank, compareMajorVersions } from '../../topology/compatibility.ts';
import { subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { isEmptyGtid } from '../../topology/gtid/gtid-set.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import type { Replication, Server } from '../../topology/observation.ts';
import type { Instance } from '../../topology/snapshot.ts';
import { type Gate, whyShut } from '../gates/gates.ts';

/** An instance as far as replicating is concerned; one that was looked at just now brings that reading. */
export type Peer = Pick<Instance, 'key' | 'isBinlogServer' | 'server'>;

export interface ReplicationRules {
  /** A source with replication filters is no source for a replica without (VerifyReplicationFilters). */
  readonly verifyFilters: boolean;
  /**
   * A source that applies later than its replica, and later than this many seconds, is none
   * (ReasonableMaintenanceReplicationLagSeconds).
   */
  readonly toleratedDelaySeconds: number;
}

interface Pair {
  readonly replica: Peer & { readonly server: Server };
  readonly source: Peer & { readonly server: Server };
  readonly rules: ReplicationRules;
}

/** One condition: its name, what is so where it holds, and the reason where it does not, null where it does. */
interface Check {
  readonly gate: string;
  readonly holds: string;
  readonly whyNot: (pair: Pair) => string | null;
}

/** Every condition of replicating from `source`, by the place where `replica` stands as well as by GTID. */
export function gatesToReplicate(replica: Peer, source: Peer, rules: ReplicationRules): readonly Gate[] {
  return gatesBy([...always, ...byGtid], replica, source, rules);
}

/**
 * Every reason why `replica` cannot replicate from `source`, by the place where it stands as well as by GTID;
 * none where it can (orchestrator 3.2.6, section 3.5, which stops at the first).
 */
export function whyNotReplicate(replica: Peer, source: Peer, rules: ReplicationRules): readonly string[] {
  return whyShut(gatesToReplicate(replica, source, rules));
}

/** The same, whatever they use to find the place: what orchestrator asks of any two servers. */
export function whyNeverReplicate(replica: Peer, source: Peer, rules: ReplicationRules): readonly string[] {
  return whyShut(gatesBy(always, replica, source, rules));
}

function gatesBy(
  checks: readonly Check[],
  replica: Peer,
  source: Peer,
  rules: ReplicationRules,
): readonly Gate[] {
  if (replica.key === source.key)
    return [{ gate: 'two servers', open: false, because: `${replica.key} cannot replicate from itself` }];
  if (!wasEverRead(replica) || !wasEverRead(source))
    return [replica, source].flatMap(({ key, server }) =>
      server === null ? [{ gate: 'known', open: false, because: `${key} was never read` }] : [],
    );
  return checks.map(({ gate, holds, whyNot }) => {
    const because = whyNot({ replica, source, rules });
    return { gate, open: because === null, because: because ?? holds };
  });
}

function wasEverRead<Some extends Peer>(peer: Some): peer is Some & { readonly server: Server } {
  return peer.server !== null;
}

const always: readonly Check[] = [
  {
    gate: 'binary log',
    holds: 'the source writes a binary log',
    whyNot: ({ source }) => (source.server.logBin ? null : `${source.key} writes no binary log`),
  },
  {
    gate: 'log of what is replicated',
    holds: 'the source logs what it replicates, or is no replica',
    whyNot: ({ source: { key, server } }) =>
      server.replication === null || server.logReplicaUpdates
        ? null
        : `${key} does not log what it replicates`,
  },
  {
    gate: 'version',
    holds: 'the replica is not older than the source',
    whyNot: ({ replica, source }) =>
      replica.isBinlogServer || compareMajorVersions(replica.server, source.server) >= 0
        ? null
        : `${replica.key} is of version ${replica.server.version}, older than the ${source.server.version} of ${source.key}`,
  },
  {
    gate: 'binary log format',
    holds: 'the replica can take the format in which the source logs',
    whyNot: ({ replica, source }) =>
      !isLoggingReplica(replica.server) || !isFormatBelow(replica.server, source.server)
        ? null
        : `${replica.key} logs what it replicates as ${replica.server.binlogFormat}, and cannot take the ${source.server.binlogFormat} of ${source.key}`,
  },
  {
    gate: 'filters',
    holds: 'the source leaves out nothing that the replica wants',
    whyNot: ({ replica, source, rules }) =>
      rules.verifyFilters && source.server.replication?.hasFilters && !replica.server.replication?.hasFilters
        ? `${source.key} replicates by filters and ${replica.key} does not`
        : null,
  },
  {
    gate: 'server_id',
    holds: 'they have different server_ids',
    whyNot: ({ replica, source }) =>
      replica.server.serverId === source.server.serverId
        ? `${replica.key} and ${source.key} have the same server_id ${source.server.serverId}`
        : null,
  },
  {
    gate: 'server_uuid',
    holds: 'they have different server_uuids, or need none',
    whyNot: ({ replica, source }) =>
      source.server.serverUuid !== '' && replica.server.serverUuid === source.server.serverUuid
        ? `${replica.key} and ${source.key} have the same server_uuid ${source.server.serverUuid}`
        : null,
  },
  {
    gate: 'delay',
    holds: 'the source does not apply later on purpose than the replica may',
    whyNot: ({ replica, source, rules }) => {
      const delay = source.server.replication?.sqlDelaySeconds ?? 0;
      const own = replica.server.replication?.sqlDelaySeconds ?? 0;
      return own < delay && delay > rules.toleratedDelaySeconds
        ? `${source.key} applies ${delay} seconds late on purpose, ${replica.key} ${own === 0 ? 'at once' : `${own} seconds late`}`
        : null;
    },
  },
];

const byGtid: readonly Check[] = [
  {
    gate: 'GTIDs of MariaDB',
    holds: 'the source has them, where the replica finds its place by them',
    whyNot: ({ replica, source }) =>
      positionOf(replica.server) === 'mariadb-gtid' && source.server.flavour !== 'mariadb'
        ? `${replica.key} finds its place by MariaDB’s GTIDs, and ${source.key} has none`
        : null,
  },
  {
    gate: 'GTIDs of MySQL',
    holds: 'the source has them, where the replica finds its place by them',
    whyNot: ({ replica, source }) =>
      positionOf(replica.server) === 'mysql-gtid' && !hasMysqlGtid(source.server)
        ? `${replica.key} finds its place by MySQL’s GTIDs, and ${source.key} has none`
        : null,
  },
  {
    gate: 'purged transactions',
    holds: 'the source has purged nothing that the replica lacks',
    whyNot: ({ replica, source }) =>
      positionOf(replica.server) === 'mysql-gtid' && hasMysqlGtid(source.server)
        ? whyPurged(replica, source)
        : null,
  },
];

/** What the source has thrown away of its binary log and the replica never executed, it cannot get from it. */
function whyPurged(replica: Pair['replica'], source: Pair['source']): string | null {
  try {
    const purged = subtractGtid(parseGtid(source.server.purgedGtid), parseGtid(replica.server.executedGtid));
    return isEmptyGtid(purged)
      ? null
      : `${source.key} has purged ${gtidText(purged)}, which ${replica.key} never executed`;
  } catch (error) {
    return `nobody can tell what ${source.key} has purged that ${replica.key} lacks: ${messageOf(error)}`;
  }
}

/** How it would ask a source for events: as it asks the one it has, or as it could. */
function positionOf(server: Server): Replication['position'] {
  if (server.replication !== null) return server.replication.position;
  if (server.flavour === 'mariadb') return 'mariadb-gtid';
  return hasMysqlGtid(server) ? 'mysql-gtid' : 'coordinates';
}

function hasMysqlGtid({ flavour, gtidMode }: Server): boolean {
  return flavour !== 'mariadb' && gtidMode.toUpperCase().startsWith('ON');
}

function isLoggingReplica({ logBin, logReplicaUpdates }: Server): boolean {
  return logBin && logReplicaUpdates;
}

function isFormatBelow(a: Server, b: Server): boolean {
  return binlogFormatRank(a) < binlogFormatRank(b);
}
