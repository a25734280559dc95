import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Server } from '../../topology/observation.ts';
import type { Rows } from '../link.ts';

/** What a server said of itself when the connection was made; enough to know which words it understands. */
export interface Identity {
  /** `10.11.6-MariaDB-log`, `8.0.36`. */
  readonly version: string;
  readonly comment: string;
}

/** One family of servers: what to ask it, how to read it, which words it takes orders in. */
export interface Flavour {
  /** The statements of one look, sent in one round trip, in the order that `read` expects. */
  readonly look: readonly string[];
  read(identity: Identity, results: readonly Rows[], key: InstanceKey): Server;
  readonly stopReceiving: readonly string[];
  readonly startReceiving: readonly string[];
  readonly startApplying: readonly string[];
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
