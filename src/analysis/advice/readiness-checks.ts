import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Replication, Server } from '../../topology/observation.ts';
import { type Instance, isCheckValid } from '../../topology/snapshot.ts';
import { unreadableGtidOf } from '../choice/candidates.ts';
import { reaches } from '../cost/fencing.ts';
import type { ReadinessFacts } from './readiness.ts';
import { hasSuccessor } from '../choice/succession.ts';
import { warnings } from '../warnings.ts';

/** `severity` is more than 0 and at most 1, and grows with the trouble. */
interface Shortfall {
  readonly severity: number;
  readonly because: string;
  readonly remedy: string;
}

export interface ReadinessCheck {
  readonly code: string;
  /** What part of the score it takes at its worst: 1 is all of it. */
  readonly weight: number;
  /** What it looks at, for docs/reference/readiness.md. */
  readonly asks: string;
  readonly look: (facts: ReadinessFacts) => Shortfall | null;
}

/** From here on a span of waiting costs, in seconds; where it costs most, it is as long as servers' own default. */
const patienceSeconds = 10;
const defaultTimeoutSeconds = 60;
/** A lag of so many seconds costs half. */
const lagHalfSeconds = 30;
const delayHalfSeconds = 600;

export const readinessChecks: readonly ReadinessCheck[] = [
  {
    code: 'no-candidate',
    weight: 1,
    asks: 'Is there a replica that may be promoted? The choice is the one that a recovery makes.',
    look: ({ succession, primary }) =>
      hasSuccessor(succession)
        ? null
        : {
            severity: 1,
            because: `if ${primary.key} died now, ${succession.because}`,
            remedy:
              'make one replica fit: GTID, log_bin, log_replica_updates, one source, no stopped SQL thread',
          },
  },
  {
    code: 'fencing',
    weight: 1,
    asks: 'Can the level of fencing that is required be reached?',
    look: ({ fencingRequired, fencingReachable, primary }) =>
      reaches(fencingReachable, fencingRequired)
        ? null
        : {
            severity: 1,
            because: `FencingLevelRequired is "${fencingRequired}", and nobody can prove that ${primary.key} takes no writes once it is out of reach`,
            remedy: 'FencingLevelRequired: "attempted"',
          },
  },
  {
    code: 'recoveries-off',
    weight: 0.6,
    asks: 'Would Baton recover the cluster by itself?',
    look({ automatic, disabledBecause, name }) {
      if (disabledBecause !== null)
        return {
          severity: 1,
          because: `all recoveries are disabled: ${disabledBecause}`,
          remedy: 'enable recoveries again',
        };
      if (automatic) return null;
      return {
        severity: 1,
        because: `${name} matches no entry of RecoverMasterClusterFilters, so it is not recovered by itself`,
        remedy: `RecoverMasterClusterFilters: ["${name}"]; "alias=…" and "*" serve too`,
      };
    },
  },
  {
    code: 'unread',
    weight: 0.5,
    asks: 'Can every instance of the cluster be read? Instances in downtime do not count.',
    look: ({ primary, replicas }) => {
      const unread = [primary, ...replicas].filter((one) => !isCheckValid(one));
      return share(unread, replicas.length + 1, {
        because: `${keys(unread)} cannot be read: ${unread[0]?.checks.error ?? 'no look has ended yet'}`,
        remedy:
          'give the account what it lacks, start the server, or open the way to it from the machine where Baton runs; a downtime takes it out of the count',
      });
    },
  },
  {
    code: 'lag',
    weight: 0.6,
    asks: 'How far is the replica that would be promoted behind? It applies all it has received first.',
    look({ successor }) {
      const seconds = replicationOf(successor)?.lagSeconds ?? 0;
      if (successor === null || seconds <= 0) return null;
      return {
        severity: seconds / (seconds + lagHalfSeconds),
        because: `${successor.key}, which would be promoted, is ${seconds} s behind and would have to catch up first`,
        remedy:
          'let it catch up; more applying threads (replica_parallel_workers, slave_parallel_threads) help for good',
      };
    },
  },
  {
    code: 'delayed',
    weight: 0.8,
    asks: 'Is the replica that would be promoted delayed on purpose?',
    look({ successor }) {
      const seconds = replicationOf(successor)?.sqlDelaySeconds ?? 0;
      if (successor?.server == null || seconds <= 0) return null;
      return {
        severity: seconds / (seconds + delayHalfSeconds),
        because: `${successor.key}, which would be promoted, is delayed by ${seconds} s on purpose`,
        remedy: `add a replica without a delay, or end this one: ${changed(successor.server, 'SQL_THREAD', 'DELAY = 0')}`,
      };
    },
  },
  {
    code: 'sql-stopped',
    weight: 0.5,
    asks: 'Does every replica apply what it receives?',
    look: ({ replicas }) => {
      const stopped = replicas.filter((one) => replicationOf(one)?.sqlThread !== 'running');
      const [first] = stopped;
      const error = replicationOf(first ?? null)?.lastSqlError;
      return share(stopped, replicas.length, {
        because: `the SQL thread of ${keys(stopped)} does not run${error === undefined || error === '' ? '' : `: ${error}`}`,
        remedy: `mend what it stopped for, then ${started(first, 'SQL_THREAD')}`,
      });
    },
  },
  {
    code: 'io-stopped',
    weight: 0.5,
    asks: 'Does every replica receive?',
    look: ({ replicas }) => {
      const stopped = replicas.filter((one) => replicationOf(one)?.ioThread !== 'running');
      const [first] = stopped;
      const error = replicationOf(first ?? null)?.lastIoError;
      return share(stopped, replicas.length, {
        because: `the IO thread of ${keys(stopped)} is not connected${error === undefined || error === '' ? '' : `: ${error}`}`,
        remedy: `mend what keeps it away, then ${started(first, 'IO_THREAD')}`,
      });
    },
  },
  {
    code: 'gtid',
    weight: 0.5,
    asks: 'Does every replica follow by GTID? Another can follow the successor only from a place that is known.',
    look: ({ replicas }) => {
      const without = replicas.filter((one) => replicationOf(one)?.position === 'coordinates');
      const [first] = without;
      const byGtid = first?.server?.flavour === 'mariadb' ? 'USE_GTID = slave_pos' : 'AUTO_POSITION = 1';
      return share(without, replicas.length, {
        because: `${keys(without)} may be left behind: the position is kept by file and offset, not by GTID`,
        remedy: first?.server == null ? 'use GTID' : changed(first.server, 'both', byGtid),
      });
    },
  },
  {
    code: 'gtid-unreadable',
    weight: 0.5,
    asks: 'Can the GTID sets of every replica be read?',
    look: ({ replicas }) => {
      const unreadable = replicas.filter(
        ({ server }) => server !== null && unreadableGtidOf(server) !== null,
      );
      const [first] = unreadable;
      return share(unreadable, replicas.length, {
        because: `${keys(unreadable)} ${first?.server == null ? '' : unreadableGtidOf(first.server)}`,
        remedy: 'see what SELECT @@global.gtid_executed, on MariaDB @@global.gtid_current_pos, says there',
      });
    },
  },
  {
    code: 'errant',
    weight: 0.3,
    asks: 'Has any replica transactions that its source never had?',
    look: ({ replicas, primary }) => {
      const errant = replicas.filter(({ gtidErrant }) => gtidErrant !== '');
      const [first] = errant;
      return share(errant, replicas.length, {
        because: `${keys(errant)} has transactions that its source never had: ${shortened(first?.gtidErrant ?? '')}`,
        remedy:
          first?.server?.flavour === 'mariadb'
            ? 'build it anew from the primary'
            : `build it anew, or, where they change nothing, make them empty ones on ${primary.key}, each by SET GTID_NEXT='uuid:number'; BEGIN; COMMIT; SET GTID_NEXT='AUTOMATIC'`,
      });
    },
  },
  {
    code: 'one-replica',
    weight: 0.2,
    asks: 'Would a replica be left after a failover?',
    look: ({ replicas }) =>
      replicas.length !== 1
        ? null
        : {
            severity: 1,
            because: `${keys(replicas)} is the only replica, so after a failover there would be none`,
            remedy: 'add a replica',
          },
  },
  {
    code: 'semi-sync',
    weight: 0.3,
    asks: 'Where commits shall wait for replicas, do they?',
    look({ primary }) {
      const semiSync = primary.server?.semiSync;
      if (semiSync === undefined || !semiSync.primaryEnabled) return null;
      const { primaryStatus, clients, waitForReplicas } = semiSync;
      if (primaryStatus && clients >= waitForReplicas) return null;
      const wanting = Math.max(1, waitForReplicas - clients) / Math.max(1, waitForReplicas);
      return {
        severity: primaryStatus ? wanting : 1,
        because: `commits on ${primary.key} should wait for ${waitForReplicas} replicas and ${primaryStatus ? 'could' : 'do not'}: ${clients} semi-sync replicas are connected`,
        remedy: 'enable semi-sync on as many replicas and restart their IO threads',
      };
    },
  },
  {
    code: 'newer-successor',
    weight: 0.4,
    asks: 'Could the other replicas follow the one that would be promoted? An older server cannot follow a newer one.',
    look: ({ successor, replicas }) => {
      const version = majorOf(successor);
      const older = replicas.filter((one) => one.server !== null && majorOf(one) < version);
      return share(older, replicas.length, {
        because: `${successor?.key} would be promoted with version ${successor?.server?.version}, which is newer than that of ${keys(older)}`,
        remedy:
          'upgrade the older ones, or give the newer ones no part in promotions (PromotionIgnoreHostnameFilters)',
      });
    },
  },
  {
    code: 'filtered-successor',
    weight: 0.4,
    asks: 'Does the replica that would be promoted replicate everything?',
    look: ({ successor }) =>
      successor === null || replicationOf(successor)?.hasFilters !== true
        ? null
        : {
            severity: 1,
            because: `${successor.key}, which would be promoted, has replication filters, so it lacks what they keep out`,
            remedy: `PromotionIgnoreHostnameFilters: ["^${successor.key}$"], or a replica without filters`,
          },
  },
  {
    code: 'writable-replica',
    weight: 0.3,
    asks: 'Are all replicas read-only? What an application writes there by mistake is errant.',
    look: ({ replicas }) => {
      const writable = replicas.filter(({ server }) => server?.readOnly === false);
      return share(writable, replicas.length, {
        because: `${keys(writable)} takes writes though it is a replica`,
        remedy: 'SET GLOBAL read_only = 1, and read_only in its configuration file',
      });
    },
  },
  {
    code: 'no-log',
    weight: 0.2,
    asks: 'Does every replica log what it replicates, so that others can follow it?',
    look: ({ replicas }) => {
      const without = replicas.filter(
        ({ server }) => server !== null && !(server.logBin && server.logReplicaUpdates),
      );
      return share(without, replicas.length, {
        because: `${keys(without)} can never be promoted: it does not log what it replicates`,
        remedy:
          'log_bin and log_replica_updates (before MySQL 8.0.26 and on MariaDB log_slave_updates) in its configuration file; it has to be restarted',
      });
    },
  },
  {
    code: 'net-timeout',
    weight: 0.1,
    asks: 'How soon does each replica notice that its source has gone silent? Baton asks them itself, but they should know.',
    look: ({ replicas }) =>
      tooPatient(
        replicas,
        ({ netTimeoutSeconds }) => netTimeoutSeconds,
        (seconds, slow, server) => ({
          because: `${keys(slow)} would take up to ${seconds} s to notice that a silent source is gone`,
          remedy: `on each, one after the other: ${retimed(server)}`,
        }),
      ),
  },
  {
    code: 'connect-retry',
    weight: 0.05,
    asks: 'How often does each replica try to reach a source that it has lost?',
    look: ({ replicas }) =>
      tooPatient(
        replicas,
        ({ replication }) => replication?.connectRetrySeconds ?? null,
        (seconds, slow, server) => ({
          because: `${keys(slow)} tries to reach a lost source only every ${seconds} s`,
          remedy: `on each, one after the other: ${changed(server, 'both', 'CONNECT_RETRY = 5')}`,
        }),
      ),
  },
  {
    code: 'structure',
    weight: 0.1,
    asks: 'Do any of orchestrator’s other structure warnings apply to the primary?',
    look({ warnings: found }) {
      const rows = warnings.filter(({ code }) => found.includes(code) && !coveredElsewhere.has(code));
      if (rows.length === 0) return null;
      return {
        severity: 1 - 0.5 ** rows.length,
        because: rows.map(({ because }) => because).join('; '),
        remedy: 'make these settings the same on the primary and on all replicas',
      };
    },
  },
];

/** Structure warnings whose trouble has a check of its own. */
const coveredElsewhere: ReadonlySet<string> = new Set([
  'NoLoggingReplicasStructureWarning',
  'NoFailoverSupportStructureWarning',
  'MultipleMajorVersionsLoggingReplicasStructureWarning',
  'ErrantGTIDStructureWarning',
  'NotEnoughValidSemiSyncReplicasStructureWarning',
]);

/** As severe as these are many among all; null for none. */
function share(some: readonly Instance[], all: number, words: Omit<Shortfall, 'severity'>): Shortfall | null {
  return some.length === 0 ? null : { severity: some.length / Math.max(1, all), ...words };
}

/** Replicas that wait for longer than they should, by the one that waits longest. */
function tooPatient(
  replicas: readonly Instance[],
  secondsOf: (server: Server) => number | null,
  words: (seconds: number, slow: readonly Instance[], server: Server) => Omit<Shortfall, 'severity'>,
): Shortfall | null {
  const waits = ({ server }: Instance) => (server === null ? 0 : (secondsOf(server) ?? 0));
  const slow = replicas.filter((one) => waits(one) > patienceSeconds).toSorted((a, b) => waits(b) - waits(a));
  const [slowest] = slow;
  if (slowest?.server == null) return null;
  const seconds = waits(slowest);
  const span = (seconds - patienceSeconds) / (defaultTimeoutSeconds - patienceSeconds);
  return { severity: Math.min(1, span), ...words(seconds, slow, slowest.server) };
}

function keys(instances: readonly { readonly key: InstanceKey }[]): string {
  return instances.map(({ key }) => key).join(', ');
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function replicationOf(instance: Instance | null): Replication | null {
  return instance?.server?.replication ?? null;
}

/** `10.11` as 10011, so that versions compare as numbers. */
function majorOf(instance: Instance | null): number {
  const [major = 0, minor = 0] = (instance?.server?.version ?? '').split(/[.-]/).map(Number);
  return major * 1_000 + minor;
}

/** Whether a server takes the words REPLICA and SOURCE in all statements (MySQL 8.0.26 and later). */
function isNew({ flavour, version }: Server): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  return flavour !== 'mariadb' && (major > 8 || (major === 8 && (minor > 0 || patch >= 26)));
}

function started(instance: Instance | undefined, thread: 'IO_THREAD' | 'SQL_THREAD'): string {
  const isOld = instance?.server == null || !isNew(instance.server);
  return `START ${isOld ? 'SLAVE' : 'REPLICA'} ${thread}`;
}

/** A change of how a replica follows, with the threads stopped that have to be; MariaDB wants both still. */
function changed(
  server: Server,
  still: 'SQL_THREAD' | 'IO_THREAD' | 'both',
  what: string,
  meanwhile = '',
): string {
  const [replica, change] = isNew(server)
    ? ['REPLICA', 'CHANGE REPLICATION SOURCE TO SOURCE_']
    : ['SLAVE', 'CHANGE MASTER TO MASTER_'];
  const thread = still === 'both' || server.flavour === 'mariadb' ? '' : ` ${still}`;
  return `STOP ${replica}${thread}; ${meanwhile}${change}${what}; START ${replica}${thread}`;
}

/** Its heartbeats must come faster than it loses patience, or it would reconnect whenever nothing is written. */
function retimed(server: Server): string {
  const name = isNew(server) ? 'replica_net_timeout' : 'slave_net_timeout';
  return changed(server, 'IO_THREAD', 'HEARTBEAT_PERIOD = 2', `SET GLOBAL ${name} = 8; `);
}
