import type { Order, Servers } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Observation } from '../topology/observation.ts';
import type { Access } from './access.ts';
import { takeActLock } from './act-lock.ts';
import { Inquiry } from './inquiry.ts';
import { withLag } from './lag.ts';
import { Link } from './link.ts';
import { statementsFor } from './operations/orders.ts';
import { Probe } from './probe.ts';

interface Line {
  /** Looks, over a connection of its own. */
  readonly probe: Probe;
  /** Made at the first act; holds the act lock for as long as it lives. */
  acting: Link | null;
  /** Made for the first query of the operator's own. */
  inquiry: Inquiry | null;
}

/**
 * Real servers, each over one connection for looking, one for acting once it is changed, and one for the
 * operator's own queries where there are any.
 */
export class MysqlServers implements Servers {
  readonly #lines = new Map<InstanceKey, Line>();
  readonly #access: Access;
  readonly #clock: Clock;
  readonly #useSuperReadOnly: boolean;
  readonly #lagQuery: string;
  readonly #onLost: (key: InstanceKey) => void;

  /** `onLost` is called when the watching connection to a server ends without our doing. */
  constructor(options: {
    access: Access;
    clock: Clock;
    useSuperReadOnly: boolean;
    /** ReplicationLagQuery; none where it is empty or missing. */
    lagQuery?: string;
    onLost: (key: InstanceKey) => void;
  }) {
    this.#access = options.access;
    this.#clock = options.clock;
    this.#useSuperReadOnly = options.useSuperReadOnly;
    this.#lagQuery = options.lagQuery ?? '';
    this.#onLost = options.onLost;
  }

  look(instances: readonly InstanceKey[], timeoutMs: number): Promise<readonly Observation[]> {
    return Promise.all(instances.map((key) => this.#look(key, timeoutMs)));
  }

  /** What an operator's query gives, see Inquiry. */
  value(key: InstanceKey, query: string, timeoutMs: number): Promise<string | null> {
    const line = this.#line(key);
    line.inquiry ??= new Inquiry(key, this.#access);
    return line.inquiry.value(query, timeoutMs);
  }

  pulse(key: InstanceKey, timeoutMs: number): Promise<Observation | null> {
    return this.#line(key).probe.pulse(timeoutMs, () => this.#clock.now());
  }

  async act(order: Order, timeoutMs: number): Promise<void> {
    const { instance: key } = order;
    const line = this.#line(key);
    const [seen] = await this.look([key], timeoutMs);
    const { flavour } = line.probe;
    if (seen === undefined || seen.server === null || flavour === null) {
      throw new BatonError('server-unreachable', seen?.error ?? `${key} does not answer`);
    }
    line.acting ??= new Link(key, this.#access, {
      prepare: (ask) => takeActLock(key, ask),
      onLost: () => {
        line.acting = null;
      },
    });
    const { acting } = line;
    for (const statement of statementsFor(order, seen.server, flavour, this.#useSuperReadOnly)) {
      try {
        await acting.ask(statement, timeoutMs);
      } catch (error) {
        throw new BatonError('act-failed', `${key} answered "${statement}" with: ${messageOf(error)}`, {
          cause: error,
        });
      }
    }
  }

  /** Ends the acting connections to these, and with them the locks: nothing of ours is in flight there any more. */
  rest(keys: readonly InstanceKey[]): void {
    for (const key of keys) {
      const line = this.#lines.get(key);
      line?.acting?.close();
      if (line !== undefined) line.acting = null;
    }
  }

  forget(key: InstanceKey): void {
    const line = this.#lines.get(key);
    line?.probe.close();
    line?.acting?.close();
    line?.inquiry?.close();
    this.#lines.delete(key);
  }

  close(): void {
    for (const key of this.#lines.keys()) this.forget(key);
  }

  #look(key: InstanceKey, timeoutMs: number): Promise<Observation> {
    const looking = this.#line(key).probe.look(timeoutMs, () => this.#clock.now());
    return this.#lagQuery === '' ? looking : withLag(looking, this.value(key, this.#lagQuery, timeoutMs));
  }

  #line(key: InstanceKey): Line {
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const line: Line = {
      probe: new Probe(key, this.#access, () => this.#onLost(key)),
      acting: null,
      inquiry: null,
    };
    this.#lines.set(key, line);
    return line;
  }
}
