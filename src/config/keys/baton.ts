import { z } from 'zod';
import { choice, clusterFilters, count, flag, type Key, secret, text, used } from '../key.ts';
import { apiTokens } from './api-tokens.ts';
import { publish } from './publish.ts';
import { signalKeys } from './signals.ts';

const address = z.url({ protocol: /^https?$/, error: 'wants an address as http://host:2379' });
const file = z.string({ error: 'wants the path of a PEM file' }).default('');

/** How several controllers agree on one leader. */
const Coordination = z.discriminatedUnion('Kind', [
  z.strictObject({ Kind: z.literal('single') }),
  z.strictObject({
    Kind: z.literal('etcd'),
    Endpoints: z
      .array(address, { error: 'wants a list of addresses' })
      .min(1, { error: 'wants at least one address' }),
    Prefix: z
      .string()
      .regex(/^[\x21-\x7e]+\/$/, { error: 'wants a prefix of keys that ends in /, as /baton/' })
      .default('/baton/'),
    LeaseSeconds: z
      .int()
      .min(2, { error: 'wants 2 or more: etcd grants no shorter lease' })
      .max(600)
      .default(5),
    Name: z.string().default(''),
    User: z.string().default(''),
    CAFile: file,
    CertFile: file,
    KeyFile: file,
  }),
]);
type Coordination = z.output<typeof Coordination>;

const coordination: Key<Coordination> = {
  kind: 'plain',
  schema: Coordination as z.ZodType<Coordination>,
  wants: '{"Kind": "single"}, or {"Kind": "etcd", "Endpoints": ["https://host:2379"]}',
  fallback: { Kind: 'single' },
  means:
    'How controllers agree on who may act: one alone ("single"), or several by way of an etcd ("etcd", with Endpoints, and if need be Name, Prefix, LeaseSeconds, User, CAFile, CertFile and KeyFile).',
  standing: used,
};

/** Far below the longest timer that Node has; a longer one would fire at once. */
const anHourMs = 3_600_000;

/** Keys that orchestrator never had. */
export const batonKeys = {
  StateFile: text(
    'baton.sqlite',
    used,
    'The file of the journal and of all that must outlive the process; a relative path begins at the folder of the configuration file.',
  ),
  JournalRetentionDays: count()(
    90,
    used,
    'For how many days after its end a run stays in the journal, and longer where a gate or another run still needs it; 0 for ever.',
  ),
  Coordination: coordination,
  CoordinationPassword: secret('', used, 'The password of the user of etcd that Coordination names.'),
  Publish: publish,
  ...signalKeys,
  ApiTokens: apiTokens,
  AllowWritesByGet: flag(
    true,
    used,
    'Let orchestrator’s own client change something, which it asks by GET. Where nobody uses it, false leaves only POST.',
  ),
  TraceRecoveries: flag(
    false,
    used,
    'Give OpenTelemetry a span for each run, step and hook, in the trace that hooks are given in TRACEPARENT. An SDK takes them that NODE_OPTIONS=--import has started.',
  ),
  HookSubstitution: choice('safe', 'literal')(
    'safe',
    used,
    'How values come into hooks: "safe" keeps each inside its quotes, "literal" pastes it as orchestrator did.',
  ),
  HookTimeoutSeconds: count(1)(
    60,
    used,
    'After how long a hook is ended, TERM first and then KILL; hooks in the background have no end unless they name one.',
  ),
  HookStageTimeoutSeconds: count(1)(
    600,
    used,
    'After how long the hooks of one stage together are ended; hooks in the background do not count, nor does waiting for a person.',
  ),
  HookAskTimeoutSeconds: count(1)(
    900,
    used,
    'How long a person may take to answer a hook whose OnResume is "ask"; after that it has failed.',
  ),
  HookOutputLimitBytes: count(1)(
    65_536,
    used,
    'How much of a hook’s output is kept, its beginning and its end.',
  ),
  HookEnvironment: choice('inherit', 'clean')(
    'inherit',
    used,
    'Which variables a hook sees beside its own: the daemon’s, less those with Baton’s secrets, or none.',
  ),
  HookCompatibility: choice('sane', 'strict')(
    'sane',
    used,
    'Whether stages run as Baton holds right, or as orchestrator 3.2.6 ran them to the letter.',
  ),
  FencingLevelRequired: choice(
    'none',
    'attempted',
    'timed',
    'proven',
  )(
    'attempted',
    used,
    'How sure it must be that the old primary takes no more writes before another is promoted.',
  ),
  ApplyDeadlineSeconds: count(0, anHourMs)(
    0,
    used,
    'How long a successor may take to apply what it has received before it is promoted; 0 for as long as it makes progress.',
  ),
  ApplyDeadlinePolicy: choice('fail', 'wait', 'promote-and-report')(
    'fail',
    used,
    'What becomes of a failover whose successor is not done by then, or makes no progress for InstanceBulkOperationsWaitTimeoutSeconds: it fails and is put back, it waits on, or it goes on without what is left and names that.',
  ),
  RejoinReplacedPrimary: choice('offer', 'automatic')(
    'offer',
    used,
    'What becomes of a replaced primary that is back and has no transaction which its successor lacks: "automatic" makes it follow its successor, "offer" leaves that to baton rejoin. Either way it is made read-only at once.',
  ),
  FenceCommand: text(
    '',
    used,
    'A command that keeps the old primary from taking writes where it cannot be reached: power, a virtual IP, a proxy. It gets the placeholders and variables of hooks, and may be run twice. Empty for none.',
  ),
  FenceCommandProves: flag(
    false,
    used,
    'Whether an exit code 0 of FenceCommand proves that the old primary takes no more writes, as when it cuts the power.',
  ),
  FenceTimeoutSeconds: count(1, 3_600)(30, used, 'After how long FenceCommand is ended.'),
  SelfFencingSeconds: count(0, 3_600)(
    0,
    used,
    'How many seconds after its last contact with Baton and with every replica that Baton can read a primary has certainly stopped taking writes by itself, whatever ended the contact: a watchdog, the lease of an agent, a track script of keepalived. Where FencingLevelRequired is "timed" a failover waits for what is left of it. It is your promise, which Baton cannot check; 0 where nothing does that.',
  ),
  RescueCommand: text(
    '',
    used,
    'A command that writes to its standard output, as SQL, what the binary log of the dead primary has and no replica received: ssh to its host and mysqlbinlog. $BATON_RESCUE_BINLOG and $BATON_RESCUE_POSITION say where to begin. It is filed beside StateFile, and applied by nobody unless RescueApplyCommand says how. Empty for none.',
  ),
  RescueApplyCommand: text(
    '',
    used,
    'A command that gives the successor, before it takes writes, what RescueCommand has filed: mysql -h {successorHost} -P {successorPort} < "$BATON_RESCUE_FILE", as a user whom read_only does not bind. Run on MySQL with GTID only, and only where the file has all that the successor lacks. Ended after RescueTimeoutSeconds. Empty for a report only.',
  ),
  RescueTimeoutSeconds: count(1, 3_600)(
    30,
    used,
    'After how long RescueCommand is ended; nobody is promoted before.',
  ),
  RescueLimitBytes: count(1)(
    268_435_456,
    used,
    'How much RescueCommand may write; one that writes more is ended.',
  ),
  PromoteWithoutAcknowledger: choice('hold', 'promote-and-report')(
    'hold',
    used,
    'What to do where a semi-sync replica that cannot be reached may have the only copy of an acknowledged transaction: leave the cluster to a person, or promote and say so.',
  ),
  RebuildTimeoutSeconds: count(1)(
    14_400,
    used,
    'After how long SaveErrantCommand, and RebuildCommand, is ended, in place of HookTimeoutSeconds and HookStageTimeoutSeconds; with a RebuildBy of "clone", how long a server may take from then on to be copied and up again.',
  ),
  RebuildBy: choice('command', 'clone')(
    'command',
    used,
    'How baton rejoin --rebuild builds a replaced primary anew: "command" runs RebuildCommand, "clone" has MySQL copy its successor (CLONE INSTANCE). The plugin clone must be active on both, and Baton’s account needs CLONE_ADMIN, and SELECT on performance_schema.clone_status, on the one that is rebuilt.',
  ),
  CloneUser: text(
    '',
    used,
    'With a RebuildBy of "clone", the account that signs in to the successor to copy it, which needs BACKUP_ADMIN there. Empty for the one that replicas sign in with.',
  ),
  ClonePassword: secret('', used, 'The password of CloneUser.'),
  CloneRestartedBy: choice('nobody', 'itself', 'supervisor')(
    'nobody',
    used,
    'Who starts a server that CLONE INSTANCE has made a copy: the server "itself", where systemd or mysqld_safe manages it, or whatever or whoever starts one that has stopped ("supervisor"), which is waited for. With "nobody" no server is rebuilt so.',
  ),
  ProbeIntervalMilliseconds: count(10, anHourMs)(
    1000,
    used,
    'How often each instance is asked for a sign of life.',
  ),
  ProbeTimeoutMilliseconds: count(10, anHourMs)(
    1000,
    used,
    'How long a sign of life, or a full reading, may take.',
  ),
  DetectionConfirmMilliseconds: count()(
    1000,
    used,
    'How long a primary must be found dead, its replicas agreeing, before anything is done.',
  ),
  DetectionQuorum: choice('controller', 'majority')(
    'controller',
    used,
    'Who must find a server dead before anything is done: the controller that leads ("controller"), or more than half of all controllers that are known ("majority").',
  ),
  DetectionQuorumClusterFilters: clusterFilters(
    ['*'],
    used,
    'The clusters for which a DetectionQuorum of "majority" holds; for the others the controller that leads decides.',
  ),
  TakeoverReadOnlySeconds: count(1)(
    10,
    used,
    'How long a planned takeover may keep the primary read-only while the new one catches up; after that all is put back.',
  ),
  RecoveryRetrySeconds: count(1, 86_400)(
    10,
    used,
    'How long to wait before a recovery that failed, or that a hook said no to, is tried again; each further time twice as long, up to RecoveryPeriodBlockSeconds, and not at all when what it failed on has changed.',
  ),
  BrakeMaxRecoveries: count()(
    10,
    used,
    'How many recoveries may begin within BrakeWindowSeconds over all clusters; more wait for a person. 0 for no brake.',
  ),
  BrakeWindowSeconds: count(1)(600, used, 'The span over which BrakeMaxRecoveries counts.'),
} as const;
