import { z } from 'zod';
import type { Inventory, Journal } from '../engine/ports.ts';
import type { Chance } from '../kernel/clock.ts';
import { InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import { clusterNameOf, depthOf, isCoPrimary } from '../topology/clusters.ts';
import { groupClusters } from '../topology/grouping.ts';
import { type Observation, Server } from '../topology/observation.ts';
import {
  type Downtime,
  type Instance,
  isCheckValid,
  newInstance,
  withObservation,
} from '../topology/snapshot.ts';
import { isDowntimeOver, isLost } from './lost.ts';

/** What of an instance outlives the controller. */
const KeptInstance = z.object({
  clusterId: z.string().nullable(),
  server: Server.nullable(),
  seenAt: z.number(),
  checkedAt: z.number(),
  downtime: z.object({ owner: z.string(), reason: z.string(), until: z.number() }).nullable(),
});

const room = 'instances';

interface Known {
  readonly instance: Instance;
  readonly clusterId: string | null;
}

/**
 * Every instance Baton has ever met, and the clusters they make. Kept in the journal, so that a
 * controller that is started after the primary died still knows whose replicas are orphaned.
 */
export class LiveInventory implements Inventory {
  readonly #known = new Map<InstanceKey, Known>();
  /** The text last written for each instance, so that an unchanged one is not written again. */
  readonly #written = new Map<InstanceKey, string>();
  readonly #aliases = new Map<string, string>();
  readonly #journal: Journal;
  readonly #chance: Chance;
  readonly #aliasOf: (clusterName: string) => string | null;
  readonly #onLearned: (keys: readonly InstanceKey[]) => void;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: {
    journal: Journal;
    chance: Chance;
    aliasOf: (clusterName: string) => string | null;
    onLearned: (keys: readonly InstanceKey[]) => void;
  }) {
    this.#journal = options.journal;
    this.#chance = options.chance;
    this.#aliasOf = options.aliasOf;
    this.#onLearned = options.onLearned;
  }

  /** Takes in what an earlier life of the controller kept. */
  async load(): Promise<void> {
    for (const [name, value] of await this.#journal.kept(room)) {
      const key = parseInstanceKey(name);
      const kept = KeptInstance.safeParse(value);
      if (key === null || !kept.success) continue;
      const { clusterId, server, seenAt, checkedAt, downtime } = kept.data;
      const checks = { checkedAt, attemptedAt: checkedAt, seenAt, partial: false };
      this.#known.set(key, { clusterId, instance: { ...newInstance(key), server, checks, downtime } });
    }
    for (const [id, alias] of await this.#journal.kept('aliases')) this.#aliases.set(id, String(alias));
    this.#redraw();
  }

  get keys(): readonly InstanceKey[] {
    return [...this.#known.keys()];
  }

  get instances(): readonly Instance[] {
    return [...this.#known.values()].map(({ instance }) => instance);
  }

  find(key: InstanceKey): Instance | null {
    return this.#known.get(key)?.instance ?? null;
  }

  members(clusterId: string): readonly Instance[] {
    return [...this.#known.values()]
      .filter((one) => one.clusterId === clusterId)
      .map(({ instance }) => instance);
  }

  clusterOf(key: InstanceKey): Cluster | null {
    const known = this.#known.get(key);
    return known?.clusterId == null ? null : this.cluster(known.clusterId);
  }

  get clusters(): readonly Cluster[] {
    const ids = new Set([...this.#known.values()].flatMap(({ clusterId }) => clusterId ?? []));
    return [...ids].map((id) => this.cluster(id));
  }

  cluster(id: string): Cluster {
    const members = this.members(id);
    const counts = new Map<string, number>();
    for (const { clusterName } of members) counts.set(clusterName, (counts.get(clusterName) ?? 0) + 1);
    const [name = id] = [...counts].toSorted(([, a], [, b]) => b - a).map(([each]) => each);
    return { id, name, alias: this.#aliases.get(id) ?? name, domain: name };
  }

  /** Makes an address known, so that it is looked at from now on. */
  add(key: InstanceKey): void {
    if (!this.#known.has(key)) this.#known.set(key, { instance: newInstance(key), clusterId: null });
  }

  learn(seen: readonly Observation[]): void {
    for (const observation of seen) {
      const known = this.#known.get(observation.key) ?? {
        instance: newInstance(observation.key),
        clusterId: null,
      };
      if (isOutdone(observation, known.instance)) continue;
      this.#known.set(observation.key, { ...known, instance: withObservation(known.instance, observation) });
    }
    this.#redraw();
    for (const { key } of seen) this.#keep(key);
    this.#onLearned(seen.map(({ key }) => key));
  }

  /** Ends the downtimes of these that are over. */
  liftDowntimes(keys: readonly InstanceKey[], now: number): void {
    for (const key of keys) {
      const instance = this.find(key);
      if (instance !== null && isDowntimeOver(instance, now)) this.setDowntime(key, null);
    }
  }

  setDowntime(key: InstanceKey, downtime: Downtime | null): void {
    const known = this.#known.get(key);
    if (known === undefined) return;
    this.#known.set(key, { ...known, instance: { ...known.instance, downtime } });
    this.#keep(key);
  }

  forget(key: InstanceKey): void {
    this.#known.delete(key);
    this.#written.delete(key);
    this.#write(() => this.#journal.drop(room, key));
  }

  /** Resolves when everything learned so far is on disk. */
  settled(): Promise<void> {
    return this.#writing;
  }

  /** Draws the clusters anew around what is known now. */
  #redraw(): void {
    const shape = new Map(
      [...this.#known].map(([key, { instance }]) => [
        key,
        { source: instance.server?.replication?.source ?? null, clusterName: instance.clusterName },
      ]),
    );
    const roots = new Map(
      [...shape.keys()].map((key) => [key, InstanceKey.parse(clusterNameOf(key, shape))]),
    );
    const ids = groupClusters(
      [...this.#known].map(([key, { instance, clusterId }]) => ({
        key,
        root: roots.get(key) ?? key,
        clusterId,
        isPresent: isCheckValid(instance),
        isLost: isLost(instance),
      })),
      () => this.#chance.hex(16),
    );
    for (const [key, known] of this.#known) {
      const clusterName = roots.get(key) ?? key;
      const drawn = { clusterName, depth: depthOf(key, shape), isCoPrimary: isCoPrimary(key, shape) };
      this.#known.set(key, { clusterId: ids.get(key) ?? null, instance: { ...known.instance, ...drawn } });
    }
    this.#nameClusters();
  }

  /** An alias belongs to the cluster's id, so it stays when the primary, and with it the name, changes. */
  #nameClusters(): void {
    for (const { id, name } of this.clusters) {
      const alias = this.#aliasOf(name);
      if (alias === null || this.#aliases.get(id) === alias) continue;
      this.#aliases.set(id, alias);
      this.#write(() => this.#journal.keep('aliases', id, alias));
    }
  }

  #keep(key: InstanceKey): void {
    const known = this.#known.get(key);
    if (known === undefined) return;
    const { instance, clusterId } = known;
    const { server, checks, downtime } = instance;
    const outline = JSON.stringify([
      clusterId,
      downtime,
      server?.version,
      server?.readOnly,
      server?.replication?.source,
    ]);
    if (this.#written.get(key) === outline) return;
    this.#written.set(key, outline);
    const { seenAt, checkedAt } = checks;
    this.#write(async () => {
      try {
        await this.#journal.keep(room, key, { clusterId, server, seenAt, checkedAt, downtime });
      } catch (error) {
        this.#written.delete(key);
        throw error;
      }
    });
  }

  #write(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work, work);
    // Whoever must know awaits settled(); a write that fails also fails the next recovery's first record.
    this.#writing.catch(() => {});
  }
}

/**
 * Looks that were taken together are told together, when the slowest has ended, and another may have
 * been quicker; and one that failed says nothing of a server that has answered since it began.
 */
function isOutdone({ at, tookMs, outcome }: Observation, { checks }: Instance): boolean {
  return at < checks.checkedAt || (outcome !== 'read' && at - tookMs < checks.seenAt);
}
