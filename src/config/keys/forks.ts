import {
  count,
  flag,
  integer,
  missed,
  needless,
  notYet,
  number,
  patterns,
  secret,
  text,
  used,
} from '../key.ts';

const dead = needless('Every instance has its own turn, so a dead one keeps none waiting.');
const proxysql = notYet('Publish tells a ProxySQL who is the primary, once it is promoted.');
const postgres = needless('Baton knows MySQL and MariaDB only.');

/** Keys that percona's and ProxySQL's forks of orchestrator added. */
export const forkKeys = {
  CustomOrcIdentity: text(
    '',
    needless('Messages name no controller.'),
    'percona’s key: the name to put before messages.',
  ),
  PrependMessagesWithOrcIdentity: text(
    '',
    needless('Messages name no controller.'),
    'percona’s key: which name to put before messages.',
  ),
  DeadInstanceDiscoveryLogsEnabled: flag(false, dead, 'percona’s key: log the readings of dead instances.'),
  DeadInstanceDiscoveryMaxConcurrency: count()(
    0,
    dead,
    'percona’s key: how many dead instances are read at once.',
  ),
  DeadInstancePollSecondsMax: count()(
    300,
    dead,
    'percona’s key: the longest pause between readings of a dead instance.',
  ),
  DeadInstancePollSecondsMultiplyFactor: number(1, dead, 'percona’s key: by how much that pause grows.'),
  DiscoveryIgnoreReplicationUsernameFilters: patterns(
    [],
    notYet('Replicas are kept out by host name: DiscoveryIgnoreReplicaHostnameFilters.'),
    'percona’s key: replicas whose replication user matches are not taken in.',
  ),
  EnableDiscoveryFiltersLogs: flag(
    true,
    needless('It is about logs only.'),
    'percona’s key: log what the filters kept out.',
  ),
  LowerReplicaVersionAllowed: flag(
    false,
    notYet('The server itself refuses or accepts a newer source.'),
    'percona’s key: let a replica follow a source of a newer version.',
  ),
  MySQLOrchestratorMaxAllowedPacket: integer(
    -1,
    needless('Baton keeps its state in StateFile and needs no backend database.'),
    'percona’s key: max_allowed_packet of connections to the backend.',
  ),
  FailRecoveryOnFailedPostFailoverProcesses: flag(
    false,
    used,
    'ProxySQL’s key: a failing hook after a promotion ends its stage, and the recovery ends as recoveredWithFailedHooks.',
  ),
  ProxySQLAdminAddress: text(
    '',
    missed(
      'A ProxySQL is told of primaries by Publish: [{"Kind": "proxysql", "Address": "host:6032", "User": "admin", "WriterHostgroup": 0, "Clusters": ["*"]}].',
    ),
    'ProxySQL’s key: the host of ProxySQL’s admin interface.',
  ),
  ProxySQLAdminPort: count(0, 65_535)(6032, proxysql, 'ProxySQL’s key: the port of the admin interface.'),
  ProxySQLAdminUser: text('admin', proxysql, 'ProxySQL’s key: the user of the admin interface.'),
  ProxySQLAdminPassword: secret('', proxysql, 'ProxySQL’s key: the password of the admin interface.'),
  ProxySQLAdminUseTLS: flag(false, proxysql, 'ProxySQL’s key: encrypt connections to the admin interface.'),
  ProxySQLWriterHostgroup: count()(0, proxysql, 'ProxySQL’s key: the hostgroup of the primary.'),
  ProxySQLReaderHostgroup: count()(0, proxysql, 'ProxySQL’s key: the hostgroup of replicas.'),
  ProxySQLPreFailoverAction: text(
    'offline_soft',
    proxysql,
    'ProxySQL’s key: what is done to the old primary before a failover: offline_soft, weight_zero or none.',
  ),
  PrometheusEnabled: flag(
    true,
    notYet('/metrics is always there, for whoever may look.'),
    'ProxySQL’s key: serve figures at /metrics.',
  ),
  ProviderType: text('mysql', postgres, 'ProxySQL’s key: which kind of database is watched.'),
  PostgreSQLTopologyUser: text('', postgres, 'ProxySQL’s key: the user of PostgreSQL servers.'),
  PostgreSQLTopologyPassword: secret('', postgres, 'ProxySQL’s key: the password of PostgreSQL servers.'),
  PostgreSQLSSLMode: text(
    'require',
    postgres,
    'ProxySQL’s key: how connections to PostgreSQL are encrypted.',
  ),
} as const;
