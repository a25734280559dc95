import { z } from 'zod';
import type { Inventory, Journal } from '../engine/ports.ts';
import type { Chance } from '../kernel/clock.ts';
import { InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import { clusterNameOf, depthOf, isCoPrimary } from '../topology/clusters.ts';
import { ErrantWatch } from '../topology/errant-watch.ts';
import { groupClusters } from '../topology/grouping.ts';
import { type Observation, Server } from '../topology/observation.ts';
import { isSameServer } from '../topology/same-server.ts';
import {
  type Downtime,
  type Instance,
  isCheckValid,
  neverLooked,
  newInstance,
  withObservation,
} from '../topology/snapshot.ts';
import { isDowntimeOver, isLost } from './lost.ts';
import { betterName, Names } from './names.ts';

/** What of an instance outlives the controller. */
const KeptInstance = z.object({
  clusterId: z.string().nullable(),
  server: Server.nullable(),
  seenAt: z.number(),
  checkedAt: z.number(),
  downtime: z.object({ owner: z.string(), reason: z.string(), until: z.number() }).nullable(),
});

const room = 'instances';
const namesRoom = 'names';

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
  readonly #names = new Names();
  readonly #errant = new ErrantWatch();
  readonly #journal: Journal;
  readonly #chance: Chance;
  readonly #aliasOf: (clusterName: string) => string | null;
  readonly #onLearned: (keys: readonly InstanceKey[]) => void;
  readonly #onNamed: (other: InstanceKey, name: InstanceKey) => void;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: {
    journal: Journal;
    chance: Chance;
    aliasOf: (clusterName: string) => string | null;
    onLearned: (keys: readonly InstanceKey[]) => void;
    /** `other` turned out to be another address of the server that is known as `name`. */
    onNamed: (other: InstanceKey, name: InstanceKey) => void;
  }) {
    this.#journal = options.journal;
    this.#chance = options.chance;
    this.#aliasOf = options.aliasOf;
    this.#onLearned = options.onLearned;
    this.#onNamed = options.onNamed;
  }

  /** Takes in what an earlier life of the controller kept. */
  async load(): Promise<void> {
    for (const [name, value] of await this.#journal.kept(room)) {
      const key = parseInstanceKey(name);
      const kept = KeptInstance.safeParse(value);
      if (key === null || !kept.success) continue;
      const { clusterId, server, seenAt, checkedAt, downtime } = kept.data;
      const checks = { ...neverLooked(), checkedAt, attemptedAt: checkedAt, seenAt };
      this.#known.set(key, { clusterId, instance: { ...newInstance(key), server, checks, downtime } });
    }
    for (const [other, name] of await this.#journal.kept(namesRoom))
      this.#names.join(InstanceKey.parse(other), InstanceKey.parse(name));
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

  membersWith(key: InstanceKey): readonly Instance[] {
    const clusterId = this.#known.get(key)?.clusterId;
    return clusterId == null ? [] : this.members(clusterId);
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
  add(address: InstanceKey): void {
    const key = this.#names.of(address);
    if (!this.#known.has(key)) this.#known.set(key, { instance: newInstance(key), clusterId: null });
  }

  learn(seen: readonly Observation[]): readonly Observation[] {
    for (const observation of seen) this.#takeIn(this.#names.within(observation));
    this.#redraw();
    const keys = [...new Set(seen.map(({ key }) => this.#names.of(key)))];
    for (const [key, gtidErrant] of this.#errant.judge(keys, this)) this.#amend(key, { gtidErrant });
    for (const key of keys) this.#keep(key);
    this.#onLearned(keys);
    return seen.map((observation) => this.#names.within(observation));
  }

  /** Ends the downtimes of these that are over. */
  liftDowntimes(keys: readonly InstanceKey[], now: number): void {
    for (const key of keys) {
      const instance = this.find(key);
      if (instance !== null && isDowntimeOver(instance, now)) this.setDowntime(key, null);
    }
  }

  setDowntime(key: InstanceKey, downtime: Downtime | null): void {
    this.#amend(key, { downtime });
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

  #amend(key: InstanceKey, what: Pick<Instance, 'gtidErrant'> | Pick<Instance, 'downtime'>): void {
    const known = this.#known.get(key);
    if (known !== undefined) this.#known.set(key, { ...known, instance: { ...known.instance, ...what } });
  }

  #takeIn(observation: Observation): void {
    const { key, outcome } = observation;
    const looked = withObservation(this.find(key) ?? newInstance(key), observation);
    if (this.#names.of(key) !== key && !this.#leadsElsewhere(looked, outcome)) return;
    const known = this.#known.get(key) ?? { instance: newInstance(key), clusterId: null };
    if (isOutdone(observation, known.instance)) return;
    this.#known.set(key, { ...known, instance: looked });
    if (outcome !== 'read') return;
    const twin = this.instances.find((other) => other.key !== key && isSameServer(other, looked));
    if (twin !== undefined) this.#join(twin.key, key);
  }

  /** Whether an address that was another name of a server has been given to another one; it is then known for itself. */
  #leadsElsewhere(looked: Instance, outcome: Observation['outcome']): boolean {
    const named = this.find(this.#names.of(looked.key));
    if (outcome !== 'read' || (named !== null && isSameServer(named, looked))) return false;
    this.#names.part(looked.key);
    this.#write(() => this.#journal.drop(namesRoom, looked.key));
    return true;
  }

  /** Two addresses turned out to lead to one server: from now on it is known by the better one only. */
  #join(first: InstanceKey, second: InstanceKey): void {
    const name = betterName(first, second);
    const other = name === first ? second : first;
    const [stays, goes] = [this.#known.get(name), this.#known.get(other)];
    if (stays === undefined || goes === undefined) return;
    this.#names.join(other, name);
    this.#write(() => this.#journal.keep(namesRoom, other, name));
    const downtime = stays.instance.downtime ?? goes.instance.downtime;
    const clusterId = stays.clusterId ?? goes.clusterId;
    this.#known.set(name, { clusterId, instance: { ...stays.instance, downtime } });
    this.forget(other);
    for (const [key, one] of this.#known)
      this.#known.set(key, { ...one, instance: this.#names.within(one.instance) });
    this.#onNamed(other, name);
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
