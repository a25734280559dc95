import { choice, count, flag, missed, needless, secret, text, texts, used } from '../key.ts';

const backend = needless('Baton keeps its state in StateFile and needs no backend database.');
const imported = needless('Baton keeps its state in StateFile; baton import reads the backend by it, once.');
const raft = needless('Baton has no raft.');
const together = needless('Baton writes the five keys of a cluster in one transaction.');
const noZooKeeper = needless('Baton writes to etcd and Consul, and not to ZooKeeper.');

/** What orchestrator kept in its backend, shared by raft and published in key-value stores (orchestrator 3.2.6, section 4). */
export const sharedStateKeys = {
  BackendDB: text('mysql', imported, 'The kind of the backend database.'),
  SQLite3DataFile: text('', imported, 'The file of a SQLite backend.'),
  MySQLOrchestratorHost: text('', imported, 'The host of a MySQL backend.'),
  MySQLOrchestratorPort: count(0, 65_535)(3306, imported, 'The port of a MySQL backend.'),
  MySQLOrchestratorDatabase: text('', imported, 'The schema of a MySQL backend.'),
  MySQLOrchestratorUser: text('', imported, 'The user of a MySQL backend.'),
  MySQLOrchestratorPassword: secret('', imported, 'The password of a MySQL backend.'),
  MySQLOrchestratorCredentialsConfigFile: text(
    '',
    imported,
    'A file with the user and password of a MySQL backend.',
  ),
  MySQLOrchestratorSSLPrivateKeyFile: text('', imported, 'The private key shown to a MySQL backend.'),
  MySQLOrchestratorSSLCertFile: text('', imported, 'The certificate shown to a MySQL backend.'),
  MySQLOrchestratorSSLCAFile: text('', imported, 'The authority of a MySQL backend.'),
  MySQLOrchestratorSSLSkipVerify: flag(false, imported, 'Do not check the certificate of a MySQL backend.'),
  MySQLOrchestratorUseMutualTLS: flag(false, imported, 'Encrypt connections to a MySQL backend.'),
  MySQLOrchestratorMaxPoolConnections: count()(
    128,
    backend,
    'How many connections to a MySQL backend are kept.',
  ),
  MySQLOrchestratorReadTimeoutSeconds: count()(30, backend, 'How long a query to a MySQL backend may take.'),
  MySQLOrchestratorRejectReadOnly: flag(false, backend, 'Refuse a MySQL backend that is read-only.'),
  SkipOrchestratorDatabaseUpdate: flag(false, backend, 'Leave the schema of the backend as it is.'),
  PanicIfDifferentDatabaseDeploy: flag(false, backend, 'Stop when another version made the backend.'),

  RaftEnabled: flag(
    false,
    missed(
      'Baton has no raft. Several controllers share an etcd, which Coordination names; without it let only one run.',
    ),
    'Run several controllers as one raft group.',
  ),
  RaftBind: text('127.0.0.1:10008', raft, 'Where raft listens.'),
  RaftAdvertise: text('', raft, 'The raft address that others see; RaftBind where empty.'),
  RaftDataDir: text('', raft, 'The directory of raft’s log.'),
  DefaultRaftPort: count(0, 65_535)(10_008, raft, 'The port of a raft node that is named without one.'),
  RaftNodes: texts([], raft, 'The members of the raft group.'),
  ExpectFailureAnalysisConcensus: flag(
    true,
    needless('orchestrator never read it either.'),
    'Ask the raft group whether a failure is real.',
  ),

  KVClusterMasterPrefix: text(
    'mysql/master',
    used,
    'What stands before a cluster’s alias in etcd and Consul.',
  ),
  ConsulAddress: text(
    '',
    used,
    'host:port of a Consul, in which each cluster’s primary is published. Empty for none.',
  ),
  ConsulScheme: choice('http', 'https')('http', used, 'How Consul is spoken to.'),
  ConsulAclToken: secret('', used, 'The token with which Consul is written to.'),
  ConsulCrossDataCenterDistribution: flag(false, used, 'Write to all data centers that Consul knows.'),
  ConsulKVStoreProvider: choice('consul', 'consul-txn')(
    'consul',
    used,
    'How Consul is written to: key by key ("consul"), or a cluster’s keys at one moment ("consul-txn").',
  ),
  ConsulMaxKVsPerTransaction: count()(5, together, 'How many keys one Consul transaction writes, 5 to 64.'),
  ZkAddress: text('', noZooKeeper, 'The addresses of ZooKeeper; where it is set, Baton does not start.'),
} as const;
