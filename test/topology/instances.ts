import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Replication, Server } from '../../src/topology/observation.ts';
import { type Checks, type Instance, newInstance } from '../../src/topology/snapshot.ts';

/** The moment at which every instance here was last read, milliseconds since 1970. */
export const readAt = Date.UTC(2025, 0, 1);

const quietServer: Server = {
  flavour: 'mariadb',
  version: '10.11.19-MariaDB-log',
  versionComment: '',
  serverId: 1,
  serverUuid: '',
  hostname: '',
  reportHost: '',
  uptimeSeconds: 1_000,
  readOnly: false,
  superReadOnly: false,
  logBin: true,
  logReplicaUpdates: true,
  binlogFormat: 'ROW',
  binlogRowImage: 'FULL',
  binlogCoordinates: { file: 'bin.000001', position: 4 },
  gtidMode: '',
  executedGtid: '',
  binlogGtid: '',
  purgedGtid: '',
  semiSync: {
    primaryEnabled: false,
    primaryStatus: false,
    waitForReplicas: 0,
    clients: 0,
    timeoutMs: 0,
    replicaEnabled: false,
    replicaStatus: false,
    waitPoint: null,
    waitsForAbsent: null,
    waiting: null,
  },
  replication: null,
  detachedFrom: null,
  detachedAt: null,
  listedReplicas: [],
  netTimeoutSeconds: 8,
  group: null,
  lacks: [],
};

const healthyReplication: Omit<Replication, 'source'> = {
  ioThread: 'running',
  sqlThread: 'running',
  lastIoError: '',
  lastSqlError: '',
  lagSeconds: 0,
  sqlDelaySeconds: 0,
  position: 'mariadb-gtid',
  channel: '',
  channels: 1,
  otherChannels: [],
  receivedGtid: '',
  readCoordinates: null,
  execCoordinates: null,
  relayCoordinates: null,
  hasFilters: false,
  user: 'repl',
  connectRetrySeconds: 1,
};

const readWell: Checks = {
  checkedAt: readAt,
  attemptedAt: readAt,
  seenAt: readAt,
  partial: false,
  echo: 'answered',
  heardAt: readAt,
  fellSilent: false,
  answerMs: null,
  hindrance: null,
  error: null,
  unheardSince: null,
};

/** A primary in good health, but for what is said of it. */
export function primary(
  key: InstanceKey,
  { server = {}, ...known }: Partial<Omit<Instance, 'server'>> & { server?: Partial<Server> } = {},
): Instance {
  return {
    ...newInstance(key),
    clusterName: 'a:1',
    checks: readWell,
    ...known,
    server: { ...quietServer, ...server },
  };
}

/** A read-only replica that replicates, but for what is said of it. */
export function replica(
  key: InstanceKey,
  source: InstanceKey,
  {
    server = {},
    replication = {},
    ...known
  }: Partial<Omit<Instance, 'server'>> & {
    server?: Partial<Server>;
    replication?: Partial<Replication>;
  } = {},
): Instance {
  return primary(key, {
    depth: 1,
    ...known,
    server: { readOnly: true, ...server, replication: { ...healthyReplication, source, ...replication } },
  });
}

/** The last look at it failed, a second after it was last read. */
export const unread: { readonly checks: Checks } = {
  checks: {
    ...readWell,
    checkedAt: readAt + 1_000,
    attemptedAt: readAt + 1_000,
    echo: 'refused',
    error: 'it refuses connections',
  },
};

/** What a replica says that has lost its source. */
export const failingToConnect: Partial<Replication> = {
  ioThread: 'connecting',
  lagSeconds: null,
  lastIoError: "error connecting to master 'repl@a:1' - retry-time: 1",
};
