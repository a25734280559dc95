import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Server } from '../../topology/observation.ts';
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
  /** Change the source to `host` and `port` by GTID, keeping the account; both threads stand still. */
  changeSource(host: string, port: number): string;
  readonly forgetSource: string;
  setReadOnly(readOnly: boolean, isSuper: boolean): string;
}
