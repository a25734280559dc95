import { z } from 'zod';
import type { Journal } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { BatonError } from '../../kernel/errors.ts';
import { asWritten, hostOf, InstanceKey, parseInstanceKey, portOf } from '../../kernel/instance-key.ts';
import { isReplicating } from '../../topology/observation.ts';
import type { Instance } from '../../topology/snapshot.ts';
import type { LiveInventory } from '../inventory.ts';
import { readLabel } from '../names/label-values.ts';
import type { Asker } from '../requests/requests.ts';
import type { Said } from './kept.ts';

const room = 'pools';
/** Who is in a pool; `at` is when that was last said, milliseconds since 1970. */
const Pool = z.object({ instances: z.array(InstanceKey), at: z.number() });
type Pool = z.infer<typeof Pool>;

/** Most pools are of a few dozen; far beyond that it is no pool that somebody wrote down. */
const mostInstances = 10_000;

/** One instance of one pool of one cluster. */
export interface PooledInstance {
  readonly pool: string;
  readonly instance: InstanceKey;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly clusterAlias: string;
}

/**
 * The pools in which instances serve, as whatever balances load says (orchestrator 3.2.6, section 5.4:
 * submit-pool-instances). What is submitted replaces what the pool was, and holds for InstancePoolExpiryMinutes.
 */
export class Pools {
  #byName = new Map<string, Pool>();
  readonly #journal: Journal;
  readonly #inventory: LiveInventory;
  readonly #clock: Clock;
  readonly #said: Said;
  readonly #holdsMs: number;
  readonly #isFuzzy: boolean;
  readonly #defaultPort: number;

  constructor(options: {
    journal: Journal;
    inventory: LiveInventory;
    clock: Clock;
    said: Said;
    holdsMs: number;
    /** Part of a host's name will do where only one instance has it (SupportFuzzyPoolHostnames). */
    isFuzzy: boolean;
    defaultPort: number;
  }) {
    this.#journal = options.journal;
    this.#inventory = options.inventory;
    this.#clock = options.clock;
    this.#said = options.said;
    this.#holdsMs = options.holdsMs;
    this.#isFuzzy = options.isFuzzy;
    this.#defaultPort = options.defaultPort;
  }

  async load(): Promise<void> {
    const now = this.#clock.now();
    this.#byName = new Map(
      [...(await this.#journal.kept(room))].flatMap(([name, value]) => {
        const kept = Pool.safeParse(value);
        return kept.success && !this.#isOver(kept.data, now) ? [[name, kept.data] as const] : [];
      }),
    );
  }

  /** Gives who is in it now, known or not; none empties it. Submitted again unchanged, it lasts longer. Throws `usage`. */
  async submit(pool: string, instances: readonly string[], asker: Asker): Promise<readonly InstanceKey[]> {
    const label = readLabel(pool);
    if (!label.fit || label.text === '')
      throw new BatonError('usage', `${asWritten(pool)} is no name of a pool`);
    if (instances.length > mostInstances)
      throw new BatonError('usage', `a pool of ${instances.length} instances is more than ${mostInstances}`);
    const name = label.text;
    const meant = [...new Set(instances.map((one) => this.#meant(one)))];
    const write = () => this.#write(name, { instances: meant, at: this.#clock.now() });
    const before = this.#byName.get(name)?.instances ?? [];
    const isSame = before.length === meant.length && meant.every((key) => before.includes(key));
    if (isSame) await write();
    else {
      const says = `pool ${name} is ${meant.length === 0 ? 'empty' : meant.join(', ')}.`;
      await this.#said({ type: 'submit-pool-instances', instance: null, says }, asker, write);
    }
    return meant;
  }

  /** Of one cluster or of all, of one pool or of all; instances that are not watched are left out. */
  instances(clusterId: string | null, pool: string | null): readonly PooledInstance[] {
    const now = this.#clock.now();
    return [...this.#byName]
      .filter(([name, kept]) => (pool === null || name === pool) && !this.#isOver(kept, now))
      .flatMap(([name, kept]) => kept.instances.flatMap((key) => this.#pooled(name, key)))
      .filter((one) => clusterId === null || one.clusterId === clusterId);
  }

  /** The largest lag of those, in seconds; null where it is known of none (orchestrator: heuristic-cluster-pool-lag). */
  lagSeconds(clusterId: string, pool: string | null): number | null {
    const lags = this.instances(clusterId, pool).flatMap(({ instance }) =>
      lagOf(this.#inventory.find(instance)),
    );
    return lags.length === 0 ? null : Math.max(...lags);
  }

  /** Lets go of what is over. */
  lift(now: number): void {
    for (const [name, kept] of this.#byName) {
      if (!this.#isOver(kept, now)) continue;
      this.#byName.delete(name);
      this.#journal.drop(room, name).catch(() => {});
    }
  }

  #pooled(pool: string, key: InstanceKey): PooledInstance[] {
    const instance = this.#inventory.find(key)?.key;
    const cluster = instance === undefined ? null : this.#inventory.clusterOf(instance);
    if (instance === undefined || cluster === null) return [];
    return [
      { pool, instance, clusterId: cluster.id, clusterName: cluster.name, clusterAlias: cluster.alias },
    ];
  }

  /** Throws `usage`. */
  #meant(text: string): InstanceKey {
    const key = parseInstanceKey(text, this.#defaultPort);
    if (key === null) throw new BatonError('usage', `${asWritten(text)} is no host:port`);
    const isAddress = /^(\d+\.){3}\d+$/.test(hostOf(key));
    if (!this.#isFuzzy || isAddress || this.#inventory.find(key) !== null) return key;
    const alike = this.#inventory.keys.filter(
      (known) => portOf(known) === portOf(key) && hostOf(known).includes(hostOf(key)),
    );
    return alike.length === 1 && alike[0] !== undefined ? alike[0] : key;
  }

  #isOver({ at }: Pool, now: number): boolean {
    return at + this.#holdsMs <= now;
  }

  async #write(name: string, pool: Pool): Promise<void> {
    if (pool.instances.length === 0) {
      await this.#journal.drop(room, name);
      this.#byName.delete(name);
    } else {
      await this.#journal.keep(room, name, pool);
      this.#byName.set(name, pool);
    }
  }
}

function lagOf(instance: Instance | null): number[] {
  const { replication } = instance?.server ?? {};
  if (instance == null || replication == null || !isReplicating(instance.server)) return [];
  return replication.lagSeconds === null ? [] : [replication.lagSeconds];
}
