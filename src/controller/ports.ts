import type { Config } from '../config/keys.ts';
import type {
  Colleagues,
  Evidence,
  Hooks,
  Journal,
  Leadership,
  Meter,
  Publisher,
  Signals,
  Teller,
} from '../engine/ports.ts';
import type { Chance, Clock } from '../kernel/clock.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { WatchedServers } from './watcher.ts';

/** Servers as a controller holds them. */
export interface ControlledServers extends WatchedServers {
  /** Ends what is held for acting on these; nothing of ours is in flight there any more. */
  rest(keys: readonly InstanceKey[]): void;
  /** What a query of the operator's gives: the first column of the first row, null for none. Throws what the server said. */
  value(key: InstanceKey, query: string, timeoutMs: number): Promise<string | null>;
  close(): void;
}

/** All that a controller stands on; the real one and the one of a story differ in nothing else. */
export interface ControllerPorts {
  readonly config: Config;
  readonly journal: Journal;
  /** When it may act. */
  readonly leadership: Leadership;
  readonly colleagues: Colleagues;
  /** What other systems say of the hosts of instances. */
  readonly signals: Signals;
  readonly hooks: Hooks;
  readonly teller: Teller;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly chance: Chance;
  /** The name of the machine it runs on, as hooks are told it. */
  readonly hostname: string;
  readonly evidence: Evidence;
  /** Who tells the world of primaries; null where nobody does. */
  readonly publisher: Publisher | null;
  /** `onLost` is called when the watching connection to a server ends without our doing. */
  readonly connect: (onLost: (key: InstanceKey) => void) => ControlledServers;
}
