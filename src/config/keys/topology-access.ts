import { count, flag, integer, mapped, needless, notYet, secret, text, used } from '../key.ts';

/** How Baton reaches the servers it watches (orchestrator 3.2.6, section 4). */
export const topologyAccessKeys = {
  MySQLTopologyUser: text('', used, 'The user as whom Baton signs in to the servers it watches.'),
  MySQLTopologyPassword: secret(
    '',
    used,
    `The password of MySQLTopologyUser; "\${VARIABLE}" takes it from the environment.`,
  ),
  MySQLTopologyCredentialsConfigFile: text(
    '',
    used,
    'A file in the style of my.cnf with user and password in [client]; what it says wins over the two keys.',
  ),
  MySQLTopologySSLPrivateKeyFile: text('', used, 'The private key (PEM) that Baton shows to the servers.'),
  MySQLTopologySSLCertFile: text('', used, 'The certificate (PEM) that Baton shows to the servers.'),
  MySQLTopologySSLCAFile: text(
    '',
    used,
    'The authority (PEM) by which the servers’ certificates are checked; without it, those that Node knows.',
  ),
  MySQLTopologySSLSkipVerify: flag(false, used, 'Do not check the servers’ certificates.'),
  MySQLTopologyUseMutualTLS: flag(
    false,
    used,
    'Encrypt every connection to the servers, with certificates on both sides.',
  ),
  MySQLTopologyUseMixedTLS: flag(
    true,
    used,
    'Encrypt only the connections to servers that demand it (require_secure_transport, or an account with REQUIRE SSL): each is asked in plain first, and never again once it has demanded it. When false, MySQLTopologySSLCAFile alone encrypts every connection.',
  ),
  TLSCacheTTLFactor: count()(
    100,
    needless('That a server demands encryption is remembered for as long as Baton runs.'),
    'How long it is remembered that a server demands encryption, in turns of InstancePollSeconds.',
  ),
  MySQLConnectTimeoutSeconds: count(1)(2, used, 'How long connecting to a server may take.'),
  MySQLDiscoveryReadTimeoutSeconds: count()(
    10,
    notYet('A full reading may take ProbeTimeoutMilliseconds.'),
    'How long a query of a full reading may take.',
  ),
  MySQLTopologyReadTimeoutSeconds: count()(
    600,
    notYet('What changes a server has a bound for each order, and a copy of data none.'),
    'How long any other query to a server may take.',
  ),
  MySQLConnectionLifetimeSeconds: count()(
    0,
    needless('A connection is kept until it fails.'),
    'After how long a connection is replaced; 0 for never.',
  ),
  MySQLTopologyMaxAllowedPacket: integer(
    -1,
    needless('Baton sends no large packets.'),
    'percona’s key: max_allowed_packet of connections to servers; -1 asks the server.',
  ),
  ReplicationCredentialsQuery: secret(
    '',
    used,
    'A query, run on the new source of a server that has no account to replicate with or on another replica, that gives user, password and optionally the TLS authority, certificate and key files of replication. Replicas keep their own account.',
  ),
  ReplicationUser: text(
    '',
    used,
    'As whom a server signs in to its new source that has no account of its own, as a former primary, where ReplicationCredentialsQuery gives none and mysql.slave_master_info of no other replica may be read.',
  ),
  ReplicationPassword: secret(
    '',
    used,
    `The password of ReplicationUser; "\${VARIABLE}" takes it from the environment.`,
  ),
  ReplicationLagQuery: text(
    '',
    used,
    'A query, run on a replica at each full reading, that gives its lag in seconds: one statement more over another connection. Where it fails, the lag is the server’s own.',
  ),
  SlaveLagQuery: text('', mapped('ReplicationLagQuery'), 'The older name of ReplicationLagQuery.'),
} as const;
