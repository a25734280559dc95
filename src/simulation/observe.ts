import { hostOf, type InstanceKey } from '../kernel/instance-key.ts';
import { gtidSetOf, type Stream } from '../topology/gtid/gtid-set.ts';
import { joined } from '../topology/gtid/ranges.ts';
import { gtidText } from '../topology/gtid/text.ts';
import type { Replication, Server } from '../topology/observation.ts';
import type { Logged, SimulatedReplication, SimulatedServer, Write } from './server.ts';

/** Bytes that one write takes in a pretended log. */
const writeBytes = 256;
const logBegins = 4;

/**
 * What a pretended server says of itself. `connected` are the replicas that receive from it, `acknowledging` so many
 * of them in semi-sync.
 */
export function read(
  server: SimulatedServer,
  {
    connected,
    acknowledging,
    now,
  }: { connected: readonly InstanceKey[]; acknowledging: number; now: number },
): Server {
  const { flavour, serverId, readOnly, replication, semiSync } = server;
  const log = committed(server);
  const mariadb = flavour === 'mariadb';
  return {
    flavour,
    version: mariadb ? '10.11.14-MariaDB-log' : '8.4.6',
    versionComment: 'pretended',
    serverId,
    serverUuid: mariadb ? '' : uuidOf(serverId),
    hostname: hostOf(server.key),
    reportHost: hostOf(server.key),
    uptimeSeconds: 86_400,
    readOnly,
    superReadOnly: readOnly && server.superReadOnly,
    logBin: true,
    logReplicaUpdates: true,
    binlogFormat: 'ROW',
    binlogRowImage: 'FULL',
    binlogCoordinates: { file: 'bin.000001', position: logBegins + server.log.length * writeBytes },
    gtidMode: mariadb ? '' : 'ON',
    executedGtid: textOf(
      server,
      log.map(({ write }) => write),
    ),
    binlogGtid: mariadb ? binlogState(log.map(({ write }) => write)) : '',
    purgedGtid: '',
    semiSync: {
      primaryEnabled: semiSync.primary,
      primaryStatus: semiSync.inForce,
      waitForReplicas: semiSync.waitFor,
      clients: acknowledging,
      timeoutMs: semiSync.timeoutMs,
      replicaEnabled: semiSync.replica,
      replicaStatus: replication?.io === 'running' && replication.acknowledges,
      waitPoint: mariadb ? 'after-commit' : 'after-sync',
      waitsForAbsent: true,
      waiting: semiSync.waiting.length,
    },
    replication: replication === null ? null : readReplication(server, replication, now),
    detachedFrom: server.detached?.source ?? null,
    detachedAt: null,
    listedReplicas: [...connected],
    netTimeoutSeconds: 8,
    group: null,
    lacks: [],
  };
}

/** MySQL counts a write as executed once it was acknowledged (AFTER_SYNC), MariaDB at once (AFTER_COMMIT). */
function committed({ flavour, log, semiSync: { waiting } }: SimulatedServer): readonly Logged[] {
  if (flavour === 'mariadb' || waiting.length === 0) return log;
  const pending = new Set(waiting.map(({ write }) => write.id));
  return log.filter(({ write }) => !pending.has(write.id));
}

function readReplication(server: SimulatedServer, it: SimulatedReplication, now: number): Replication {
  const { source, io, ioError, applying, sqlError, relay, cursor } = it;
  const [oldest] = relay;
  const replicating = io === 'running' && applying;
  return {
    source,
    ioThread: io,
    sqlThread: applying ? 'running' : 'stopped',
    lastIoError: ioError,
    lastSqlError: sqlError,
    lagSeconds: replicating ? Math.floor((now - (oldest?.at ?? now)) / 1_000) : null,
    sqlDelaySeconds: it.delaySeconds,
    position: server.flavour === 'mariadb' ? 'mariadb-gtid' : 'mysql-gtid',
    channel: '',
    channels: 1,
    otherChannels: [],
    receivedGtid: textOf(
      server,
      [...server.log, ...relay].map(({ write }) => write),
    ),
    readCoordinates: { file: 'bin.000001', position: logBegins + cursor * writeBytes },
    execCoordinates: null,
    relayCoordinates: null,
    hasFilters: false,
    user: 'repl',
    connectRetrySeconds: 1,
  };
}

/** Writes as the server's flavour names them: MariaDB by a position, MySQL by a set. */
function textOf({ flavour }: SimulatedServer, writes: readonly Write[]): string {
  if (flavour === 'mysql') return setText(writes);
  let last: Write | null = null;
  for (const write of writes) if (last === null || write.sequence >= last.sequence) last = write;
  return last === null ? '' : `0-${last.origin}-${last.sequence}`;
}

/** As gtid_binlog_state: the last of each writer. */
function binlogState(writes: readonly Write[]): string {
  const last = new Map<number, number>();
  for (const { origin, sequence } of writes) last.set(origin, Math.max(sequence, last.get(origin) ?? 0));
  return [...last].map(([origin, sequence]) => `0-${origin}-${sequence}`).join(',');
}

function setText(writes: readonly Write[]): string {
  const streams = new Map<string, Stream>();
  for (const { origin, sequence } of writes) {
    const name = uuidOf(origin);
    const range = { first: BigInt(sequence), last: BigInt(sequence) };
    streams.set(name, { ranges: joined([...(streams.get(name)?.ranges ?? []), range]), server: null });
  }
  return gtidText(gtidSetOf('mysql', streams));
}

export function uuidOf(serverId: number): string {
  return `00000000-0000-0000-0000-${String(serverId).padStart(12, '0')}`;
}
