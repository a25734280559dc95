import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Coordinates } from '../../topology/coordinates.ts';
import type { Server } from '../../topology/observation.ts';
import type { Account } from '../account.ts';
import type { Answers, Questions } from '../questions.ts';

/** What a server said of itself when the connection was made; enough to know which words it understands. */
export interface Identity {
  /** `10.11.6-MariaDB-log`, `8.0.36`. */
  readonly version: string;
  readonly comment: string;
  /** Whether performance_schema is on; it cannot be switched while the server runs. */
  readonly performanceSchema: boolean;
  /** MariaDB's server_uid, which it has since 10.11 and which stays what it is; empty elsewhere. */
  readonly serverUid: string;
}

/** One family of servers: what to ask it, how to read it, which words it takes orders in. */
export interface Flavour {
  /** One look, at most four statements in one round trip. */
  readonly look: Questions;
  /** Scalars of the look that are asked only where the other answers say that they are worth it. */
  readonly rare: Readonly<Record<string, (answers: Answers) => boolean>>;
  /** Throws BatonError `answer-unreadable` where an answer makes no sense. */
  read(identity: Identity, answers: Answers, key: InstanceKey): Server;
  readonly stopReceiving: readonly string[];
  readonly startReceiving: readonly string[];
  readonly startApplying: readonly string[];
  readonly stopApplying: readonly string[];
  /** The relay log is gone when a replica starts again after both of its threads stood still. */
  readonly dropsRelayLogOnceStill: boolean;
  /** Start both threads as they are. */
  readonly startReplica: readonly string[];
  readonly stopReplica: readonly string[];
  /** The source may be changed while the applying thread runs, which keeps what was received. */
  readonly changesWhileApplying: boolean;
  /** The receiving thread stands still, and the applying one too unless `finds` is `asBefore`. */
  changeSource(change: SourceChange): string;
  /** What makes a server that followed nobody ask a source for what comes after `executed`. */
  beginAfter(executed: string): readonly string[];
  readonly forgetSource: string;
  /** The applying thread stands still, and the receiving one too unless the source may be changed while it applies. */
  changeDelay(seconds: number): string;
  setReadOnly(readOnly: boolean, isSuper: boolean): string;
  /** The variable that switches semi-sync, under each name that it has had; a server knows those of the plugin it has loaded. */
  semiSyncVariables(side: 'primary' | 'replica'): readonly string[];
  /** A commit that waits for a replica goes on waiting though its connection is killed. */
  readonly killedCommitsWait: boolean;
  /** Where a server lists its connections. */
  readonly processlist: string;
  /** Leave out the transaction at which the applying thread has stopped: `gtid`, where the server names it. */
  skip(gtid: string | null): readonly string[];
  /** Commit nothing under each of these, singly written; null on a family whose GTIDs cannot be taken by hand. */
  readonly injectEmpty: ((gtids: readonly string[]) => readonly string[]) | null;
  /** Both threads stand still. One message: nobody sees the server without either. */
  resetBinlog(executed: string): string;
}

/** Whom to replicate from, and how. */
export interface SourceChange {
  readonly host: string;
  readonly port: number;
  /** Where to begin: by GTID, at a place in the source's log, or by whichever it was, unsaid. */
  readonly finds: 'gtid' | 'asBefore' | Coordinates;
  /** Null where the server keeps the one that it has. */
  readonly account: Account | null;
}
