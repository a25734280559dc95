import { count, flag, integer, needless, notYet, pattern, patterns, text, texts, used } from '../key.ts';

const queue = needless('Baton has no discovery queue; every known instance has its own turn.');
const buffer = needless('Baton has no backend database to buffer writes for.');
const pseudoGtid = notYet('Baton finds pseudo-GTID entries that something else writes, and writes none.');

/** Which instances are known, and how often they are read (orchestrator 3.2.6, section 4). */
export const discoveryKeys = {
  DiscoverySeeds: texts(
    [],
    used,
    'Servers, as host or host:port, from which the rest of their clusters is found.',
  ),
  DefaultInstancePort: count(1, 65_535)(3306, used, 'The port of a server that is named without one.'),
  InstancePollSeconds: count(1)(5, used, 'How often each instance is read in full.'),
  ReasonableInstanceCheckSeconds: count()(
    1,
    used,
    'How long a full reading may take before what it says is no longer held to be current.',
  ),
  ReasonableReplicationLagSeconds: count()(10, used, 'A replica that lags by more is held to be lagging.'),
  ReasonableMaintenanceReplicationLagSeconds: count()(
    20,
    used,
    'A replica that lags by more takes over from no living primary, and is drawn as lagging in a topology; one that is delayed by more on purpose is no source for one that is not.',
  ),
  UnseenInstanceForgetHours: count()(
    240,
    used,
    'An instance that was not seen for so long is forgotten, unless others replicate from it or a person has set it apart; 0 for never.',
  ),
  DiscoveryIgnoreHostnameFilters: patterns(
    [],
    used,
    'Patterns of host:port of instances that are never taken in.',
  ),
  DiscoveryIgnoreReplicaHostnameFilters: patterns(
    [],
    used,
    'Patterns of host:port of instances that are not taken in when found as replicas.',
  ),
  DiscoveryIgnoreMasterHostnameFilters: patterns(
    [],
    used,
    'Patterns of host:port of instances that are not taken in when found as a source.',
  ),
  DiscoverByShowSlaveHosts: flag(
    false,
    needless(
      'Registered replicas are always read first, and the process list where none has registered a name.',
    ),
    'Find replicas by SHOW REPLICAS before the process list.',
  ),
  DiscoveryMaxConcurrency: count()(300, queue, 'How many instances are read at once.'),
  DiscoveryQueueCapacity: count()(100_000, queue, 'How many instances may wait to be read.'),
  DiscoveryQueueMaxStatisticsSize: count()(
    120,
    queue,
    'How many seconds of figures of the discovery queue are kept.',
  ),
  DiscoveryCollectionRetentionSeconds: count()(120, queue, 'How long figures of single readings are kept.'),
  HostnameResolveMethod: text(
    'default',
    used,
    'How a host name is made uniform by asking the name service: none and default leave it, cname takes the canonical name, ip the address.',
  ),
  MySQLHostnameResolveMethod: text(
    '@@hostname',
    used,
    'How a host name is made uniform by asking the server: @@hostname, @@report_host, or none. A server is known by that name only where it leads to it from here.',
  ),
  ExpiryHostnameResolvesMinutes: count()(
    60,
    needless('A name holds for as long as it leads to the same server.'),
    'How long a resolved name is kept.',
  ),
  RejectHostnameResolvePattern: pattern(
    '',
    used,
    'Names that the two methods give and that are not believed.',
  ),
  SkipBinlogServerUnresolveCheck: flag(
    true,
    needless('Binlog servers are not moved.'),
    'Do not check that the name of a binlog server resolves back.',
  ),
  SkipMaxScaleCheck: flag(
    true,
    needless('Baton does not ask for MaxScale.'),
    'Do not ask each server whether it is a MaxScale binlog server.',
  ),
  VerifyReplicationFilters: flag(
    false,
    used,
    'Compare replication filters: a replica without any is not made to follow a server with some, be it for a moment.',
  ),
  BufferInstanceWrites: flag(false, buffer, 'Write several instances to the backend at once.'),
  InstanceWriteBufferSize: integer(100, buffer, 'How many instances are written to the backend at once.'),
  InstanceFlushIntervalMilliseconds: integer(100, buffer, 'How long an instance may wait to be written.'),
  SnapshotTopologiesIntervalHours: count()(
    0,
    needless('The journal keeps what recoveries saw.'),
    'How often the topology is copied into the backend’s history; 0 for never.',
  ),
  ProblemIgnoreHostnameFilters: patterns(
    [],
    used,
    'Instances that are left out of the list of problems (/api/problems).',
  ),
  OSCIgnoreHostnameFilters: patterns(
    [],
    used,
    'Replicas that are left out of the advice for schema changes (/api/cluster-osc-replicas).',
  ),
  SupportFuzzyPoolHostnames: flag(
    true,
    used,
    'Where pools are submitted, part of a host name will do that only one instance of that port has.',
  ),
  InstancePoolExpiryMinutes: count()(
    60,
    used,
    'How long a pool holds that was submitted, unless it is submitted again.',
  ),
  AutoPseudoGTID: flag(false, pseudoGtid, 'Write pseudo-GTID entries on primaries.'),
  PseudoGTIDPattern: text(
    '',
    used,
    'What a pseudo-GTID entry looks like in a binary log; by it a replica without GTID finds its place in the log of a successor that has received more.',
  ),
  PseudoGTIDPatternIsFixedSubstring: flag(false, used, 'Whether PseudoGTIDPattern is a plain text.'),
  PseudoGTIDMonotonicHint: text('', pseudoGtid, 'A text that marks pseudo-GTID entries as ascending.'),
  DetectPseudoGTIDQuery: text('', pseudoGtid, 'A query that says whether an instance has pseudo-GTID.'),
  BinlogEventsChunkSize: count()(10_000, used, 'How many binary log events are read at once.'),
  SkipBinlogEventsContaining: texts([], pseudoGtid, 'Texts by which binary log events are passed over.'),
} as const;
