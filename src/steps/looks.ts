import type { Inventory, Servers } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Observation } from '../topology/observation.ts';

/**
 * Looks at servers over and over, in rounds. A server that hangs keeps nobody from hearing the others: what
 * has come by the end of a round is learned together, so that nobody is judged by half of it.
 */
export class Looks {
  readonly #servers: Servers;
  readonly #inventory: Pick<Inventory, 'learn'>;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal;
  readonly #pending = new Map<InstanceKey, { readonly since: number; readonly ended: Promise<void> }>();
  readonly #learned = new Set<InstanceKey>();
  #fresh: Observation[] = [];

  constructor(world: {
    servers: Servers;
    inventory: Pick<Inventory, 'learn'>;
    clock: Clock;
    timeoutMs: number;
    signal: AbortSignal;
  }) {
    this.#servers = world.servers;
    this.#inventory = world.inventory;
    this.#clock = world.clock;
    this.#timeoutMs = world.timeoutMs;
    this.#signal = world.signal;
  }

  /** Looks at those of these that are not being looked at; a round ends when all have ended, at the latest after `atMostMs`. */
  async round(keys: readonly InstanceKey[], atMostMs: number): Promise<void> {
    const looks = keys.map((key) => this.#lookAt(key));
    const over = new AbortController();
    const late = this.#clock.sleep(atMostMs, over.signal).catch(() => {});
    await Promise.race([Promise.all(looks), late]).finally(() => over.abort());
    this.#signal.throwIfAborted();
    const seen = this.#fresh;
    this.#fresh = [];
    for (const { key } of seen) this.#learned.add(key);
    if (seen.length > 0) this.#inventory.learn(seen);
  }

  /** Something that was seen otherwise; it is learned with the next round. */
  take(seen: Observation): void {
    this.#fresh.push(seen);
  }

  /** A look at it was learned since this began, or the one under way has waited so long in vain. */
  hasAsked(key: InstanceKey, patienceMs: number): boolean {
    const pending = this.#pending.get(key);
    const waited = pending === undefined ? 0 : this.#clock.monotonic() - pending.since;
    return this.#learned.has(key) || (pending !== undefined && waited >= patienceMs);
  }

  #lookAt(key: InstanceKey): Promise<void> {
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending.ended;
    const ended = this.#servers
      .look([key], this.#timeoutMs, this.#signal)
      .then((seen) => void this.#fresh.push(...seen))
      .finally(() => this.#pending.delete(key));
    this.#pending.set(key, { since: this.#clock.monotonic(), ended });
    return ended;
  }
}
