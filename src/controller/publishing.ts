import type { Lease, Publisher, Teller, Told } from '../engine/ports.ts';
import { within } from '../engine/within.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { takingTurns } from '../publish/turns.ts';
import type { Cluster } from '../topology/cluster.ts';
import { type CertainPrimary, certainPrimary } from './certain-primary.ts';
import type { LiveInventory } from './inventory.ts';

/** How long a comparison, and what is mended after it, may take; a run that has to withdraw somebody waits behind it. */
const turnTimeoutMs = 2_000;

/** So many clusters are compared at a time. */
const atOnce = 20;

/** What became of a cluster that was looked at: `untold` where the primary is not certain, or a run holds the cluster. */
export interface Reconciled {
  readonly cluster: Cluster;
  readonly primary: InstanceKey | null;
  readonly outcome: 'right' | 'mended' | 'untold' | 'nowhere' | 'failed';
  /** Why it is untold or failed; null otherwise. */
  readonly because: string | null;
}

interface Holding {
  /** A run acts on this cluster, or is about to. */
  isHeld(clusterId: string): boolean;
  isAnyHeld(): boolean;
}

/**
 * Keeps what the world is told of primaries as it should be, for as long as this controller leads: each cluster is
 * compared when the term begins and again and again, and what differs is told anew. A cluster that a run holds is the
 * run's to tell of; a cluster whose primary is not certain is left as it is.
 */
export class Publishing {
  readonly #publisher: Publisher;
  readonly #turns: ReturnType<typeof takingTurns>;
  readonly #inventory: LiveInventory;
  readonly #holds: Holding;
  readonly #lookAt: (keys: readonly InstanceKey[]) => Promise<unknown>;
  readonly #clock: Clock;
  readonly #lease: Lease;
  readonly #teller: Teller;
  readonly #signal: AbortSignal;
  readonly #pollMs: number;
  /** Why a cluster could not be told of the last time; said once. */
  readonly #faults = new Map<string, string>();

  constructor(options: {
    publisher: Publisher;
    turns: ReturnType<typeof takingTurns>;
    inventory: LiveInventory;
    holds: Holding;
    lookAt: (keys: readonly InstanceKey[]) => Promise<unknown>;
    clock: Clock;
    lease: Lease;
    teller: Teller;
    signal: AbortSignal;
    pollMs: number;
  }) {
    this.#publisher = options.publisher;
    this.#turns = options.turns;
    this.#inventory = options.inventory;
    this.#holds = options.holds;
    this.#lookAt = options.lookAt;
    this.#clock = options.clock;
    this.#lease = options.lease;
    this.#teller = options.teller;
    this.#signal = options.signal;
    this.#pollMs = options.pollMs;
  }

  /** Ends with the signal. */
  async keep(): Promise<void> {
    while (!this.#signal.aborted) {
      const { clusters } = this.#inventory;
      for (let at = 0; at < clusters.length; at += atOnce)
        await Promise.all(clusters.slice(at, at + atOnce).map((cluster) => this.reconcile(cluster)));
      await this.#clock.sleep(this.#pollMs, this.#signal).catch(() => {});
    }
  }

  /** Compares one cluster, and mends what differs. Never throws. */
  async reconcile(cluster: Cluster): Promise<Reconciled> {
    const { id } = cluster;
    const seen = this.#primaryOf(cluster);
    if ('because' in seen) return { cluster, primary: null, outcome: 'untold', because: seen.because };
    const { primary } = seen;
    try {
      const told = await this.#bounded((signal) => this.#publisher.published(cluster, signal));
      const outcome = told.length === 0 ? 'nowhere' : await this.#mended(cluster, primary, told);
      if (outcome !== 'untold') this.#faults.delete(id);
      return {
        cluster,
        primary,
        outcome,
        because: outcome === 'untold' ? 'something has just changed' : null,
      };
    } catch (error) {
      const because = messageOf(error);
      if (!this.#signal.aborted && this.#faults.get(id) !== because)
        this.#teller.warn(
          `the world could not be told that ${primary} is the primary of ${cluster.alias}: ${because}`,
          { cluster: cluster.alias },
        );
      this.#faults.set(id, because);
      return { cluster, primary, outcome: 'failed', because };
    }
  }

  /** What would be written for each, without asking anybody. */
  async preview(cluster: Cluster): Promise<CertainPrimary & { readonly lines: readonly string[] }> {
    const seen = this.#primaryOf(cluster);
    const lines = 'primary' in seen ? await this.#publisher.preview(cluster, seen.primary) : [];
    return { ...seen, lines };
  }

  /** The servers are asked once more before the world is told anything. */
  async #mended(
    cluster: Cluster,
    primary: InstanceKey,
    told: readonly Told[],
  ): Promise<'right' | 'mended' | 'untold'> {
    if (told.every((one) => one === primary)) return 'right';
    const since = this.#clock.now();
    await this.#lookAt(this.#inventory.members(cluster.id).map(({ key }) => key));
    return this.#turns.inTurn(cluster.id, async () => {
      const now = this.#primaryOf(cluster, since);
      if ('because' in now || now.primary !== primary || this.#lease.remainingMs() <= 0) return 'untold';
      await this.#bounded((signal) => this.#publisher.publish(cluster, primary, signal));
      this.#teller.tell(
        `the world was told of ${spokenTold(told)} as the primary of ${cluster.alias}, and is told of ${primary} now`,
        { cluster: cluster.alias },
      );
      return 'mended';
    });
  }

  #primaryOf(cluster: Cluster, since = 0): CertainPrimary {
    const { id, alias } = cluster;
    if (this.#holds.isHeld(id)) return { because: `a run that acts on ${alias} tells of it itself` };
    if (this.#inventory.clusters.some((other) => other.id !== id && other.alias === alias))
      return { because: `two clusters are called ${alias}` };
    const members = this.#inventory.members(id);
    const seen = certainPrimary(cluster, members, since);
    // Whom a run has just promoted is alone until the others follow, and looks like a cluster of its own.
    if ('primary' in seen && members.length === 1 && this.#holds.isAnyHeld())
      return { because: `${seen.primary} is alone, and may be whom a run promotes` };
    return seen;
  }

  #bounded<T>(what: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return within(turnTimeoutMs, { clock: this.#clock, signal: this.#signal }, what);
  }
}

function spokenTold(told: readonly Told[]): string {
  const names = told.map((one) => {
    if (one === null) return 'nobody';
    return one === 'unknown' ? 'nobody knows whom' : one;
  });
  return [...new Set(names)].join(' and ');
}
