import { type Instance, newInstance, Observation, withObservation } from 'baton/topology';

/** When the servers of these examples were looked at, milliseconds since 1970. */
export const lookedAt = Date.UTC(2026, 0, 1);

const quiet = {
  flavour: 'mariadb',
  version: '10.11.14-MariaDB-log',
  versionComment: 'Debian 12',
  serverId: 1,
  serverUuid: '',
  hostname: 'db1',
  reportHost: '',
  uptimeSeconds: 86_400,
  readOnly: false,
  superReadOnly: false,
  logBin: true,
  logReplicaUpdates: true,
  binlogFormat: 'ROW',
  binlogRowImage: 'FULL',
  binlogCoordinates: { file: 'bin.000007', position: 4_711 },
  gtidMode: '',
  executedGtid: '0-1-5000',
  binlogGtid: '0-1-5000',
  purgedGtid: '',
  semiSync: {
    primaryEnabled: false,
    primaryStatus: false,
    waitForReplicas: 1,
    clients: 0,
    timeoutMs: 10_000,
    replicaEnabled: false,
    replicaStatus: false,
  },
  replication: null,
  listedReplicas: [],
};

const replication = {
  source: 'db1:3306',
  ioThread: 'running',
  sqlThread: 'running',
  lastIoError: '',
  lastSqlError: '',
  lagSeconds: 0,
  sqlDelaySeconds: 0,
  position: 'mariadb-gtid',
  receivedGtid: '0-1-5000',
  readCoordinates: null,
  execCoordinates: null,
  relayCoordinates: null,
  hasFilters: false,
  channel: '',
  channels: 1,
  user: 'repl',
};

/** What one look at a server would have brought; a program of one's own fills it from its own queries. */
function seen(key: Instance['key'], server: object): Observation {
  return Observation.parse({
    key,
    at: lookedAt,
    tookMs: 2,
    outcome: 'read',
    echo: 'answered',
    error: null,
    server: { ...quiet, ...server },
  });
}

const looks = [
  seen('db1:3306', {}),
  seen('db2:3306', { serverId: 2, readOnly: true, replication }),
  seen('db3:3306', {
    serverId: 3,
    readOnly: true,
    executedGtid: '0-1-4990',
    replication: { ...replication, receivedGtid: '0-1-4990', lagSeconds: 3 },
  }),
];

/** A primary and two replicas, of which the second has received less, and is the one that should be promoted. */
export const threeServers: readonly Instance[] = looks.map((look) => ({
  ...withObservation(newInstance(look.key), look),
  clusterName: 'db1:3306',
  depth: look.key === 'db1:3306' ? 0 : 1,
  promotionRule: look.key === 'db3:3306' ? 'prefer' : 'neutral',
}));
