import type { InstanceKey } from '../kernel/instance-key.ts';

/** One transaction. `sequence` counts within the MariaDB domain, or within its origin on MySQL. */
export interface Write {
  /** Unique in the fleet, whatever the servers number it. */
  readonly id: number;
  /** The server_id of the server that took it from an application. */
  readonly origin: number;
  readonly sequence: number;
}

/** A write in a binary log since `at`, or in a relay log; milliseconds since 1970. */
export interface Logged {
  readonly write: Write;
  readonly at: number;
}

/** A pretended server: what survives a crash of it, and how it is just now. */
export interface SimulatedServer {
  readonly key: InstanceKey;
  readonly serverId: number;
  readonly flavour: 'mariadb' | 'mysql';
  /** The server that its cluster was made with; it stays when the primary changes. */
  readonly cluster: InstanceKey;
  /** What its own configuration says: how it comes up after a crash. */
  readonly bornReadOnly: boolean;
  alive: boolean;
  /** Its process is there and answers nothing. */
  frozen: boolean;
  /** Its connections are all taken: those who hold one write on, all others are told so. */
  crowded: boolean;
  readOnly: boolean;
  /** It holds for accounts of every privilege too; only MySQL has that, and it says nothing while `readOnly` is off. */
  superReadOnly: boolean;
  /** Every write it has executed, in its order. */
  readonly log: Logged[];
  readonly executed: Set<number>;
  replication: SimulatedReplication | null;
  /** What it replicated by before it was detached; null where it is not. */
  detached: SimulatedReplication | null;
  readonly semiSync: SimulatedSemiSync;
  /** Since when it is made a copy of another, and by when it is one and stops; null where it was never begun. */
  cloning: { readonly donor: InstanceKey; readonly until: number; isDone: boolean } | null;
  /** Statements that it refuses, by the order's verb. */
  readonly broken: Set<string>;
}

export interface SimulatedSemiSync {
  /** Its commits wait for so many replicas, for so long; then for none until as many are there again. */
  primary: boolean;
  waitFor: number;
  timeoutMs: number;
  inForce: boolean;
  /** As a replica it says what it has received. */
  replica: boolean;
  /** Writes in its log that no application was told of yet. */
  waiting: Logged[];
}

export interface SimulatedReplication {
  readonly source: InstanceKey;
  io: 'running' | 'connecting' | 'stopped';
  ioError: string;
  /** When a connecting thread tries again, and since when the source of a running one is silent. */
  retryAt: number;
  silentSince: number | null;
  /** How long it believes in a source of which it hears nothing (slave_net_timeout). */
  patienceMs: number;
  applying: boolean;
  sqlError: string;
  /** Received and not yet applied. */
  readonly relay: Logged[];
  /** How far the source's log was read. */
  cursor: number;
  /** How long each write takes from the relay log to being applied; Infinity stands still. */
  lagMs: number;
  /** The delay that it says it was configured with (SQL_DELAY); what it applies when is `lagMs`. */
  delaySeconds: number;
  /** Connected, and nothing more comes through. */
  held: boolean;
  /** Its source counts on it: it took part in semi-sync when it connected. */
  acknowledges: boolean;
}

/** A replication that has just been set up and not yet connected. */
export function newReplication(
  source: InstanceKey,
  { lagMs, now }: { lagMs: number; now: number },
): SimulatedReplication {
  return {
    source,
    io: 'connecting',
    ioError: '',
    retryAt: now,
    silentSince: null,
    patienceMs: 4_000,
    applying: true,
    sqlError: '',
    relay: [],
    cursor: 0,
    lagMs,
    delaySeconds: 0,
    held: false,
    acknowledges: false,
  };
}

export function newSemiSync(): SimulatedSemiSync {
  return { primary: false, waitFor: 1, timeoutMs: 10_000, inForce: false, replica: false, waiting: [] };
}

export function execute(server: SimulatedServer, write: Write, at: number): void {
  if (server.executed.has(write.id)) return;
  server.executed.add(write.id);
  server.log.push({ write, at });
}
