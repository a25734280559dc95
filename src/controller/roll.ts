import type { InstanceKey } from '../kernel/instance-key.ts';
import { type Drawable, drawClusters } from '../topology/drawing.ts';
import { identityOf } from '../topology/same-server.ts';
import { type Instance, isCheckValid, upstreamOf } from '../topology/snapshot.ts';
import { KeyIndex } from './key-index.ts';
import { isLost } from '../topology/lost.ts';

/** An instance with the id of its cluster; null for one that never was in any. */
export interface Known {
  readonly instance: Instance;
  readonly clusterId: string | null;
}

/** One with its place in the order in which instances were met. */
interface Entry extends Known {
  readonly order: number;
}

/**
 * All instances that are known, and who of them belong together. A look at one costs the same however
 * many there are: clusters are drawn anew only around what has moved, and who shares something with an
 * instance is looked up, not searched for.
 */
export class Roll {
  readonly #entries = new Map<InstanceKey, Entry>();
  readonly #bySource = new KeyIndex();
  readonly #byUpstream = new KeyIndex();
  readonly #byCluster = new KeyIndex();
  readonly #byName = new KeyIndex();
  readonly #byIdentity = new KeyIndex();
  /** Members in the order in which they were met, by their cluster's id; made when asked for. */
  readonly #members = new Map<string, readonly InstanceKey[]>();
  /** What the members of a cluster call it, by its id; made when asked for. */
  readonly #called = new Map<string, string>();
  /** All ids in their order; null until they are asked for. */
  #ids: readonly string[] | null = null;
  /** Whose place may not be what it was, since clusters were last drawn. */
  readonly #moved = new Set<InstanceKey>();
  #met = 0;

  get keys(): readonly InstanceKey[] {
    return [...this.#entries.keys()];
  }

  get instances(): readonly Instance[] {
    return [...this.#entries.values()].map(({ instance }) => instance);
  }

  /** In the order in which the first member of each was met. */
  get clusterIds(): readonly string[] {
    const first = (id: string) => this.#orderOf(this.#membersOf(id)[0]);
    this.#ids ??= this.#byCluster.all.toSorted((a, b) => first(a) - first(b));
    return this.#ids;
  }

  /** The name that most of its members have for their cluster; its id where it has no members. */
  nameOf(clusterId: string): string {
    const known = this.#called.get(clusterId);
    if (known !== undefined) return known;
    const counts = new Map<string, number>();
    for (const { clusterName } of this.members(clusterId))
      counts.set(clusterName, (counts.get(clusterName) ?? 0) + 1);
    const [name = clusterId] = [...counts].toSorted(([, a], [, b]) => b - a).map(([each]) => each);
    if (counts.size > 0) this.#called.set(clusterId, name);
    return name;
  }

  get(key: InstanceKey): Known | null {
    return this.#entries.get(key) ?? null;
  }

  /** The instances of one cluster, in the order in which they were met. */
  members(clusterId: string): readonly Instance[] {
    return this.#instancesOf(this.#membersOf(clusterId));
  }

  replicasOf(source: InstanceKey): readonly Instance[] {
    return this.#instancesOf(this.#bySource.of(source));
  }

  /** Those that say of themselves who they are in the same words as this one. */
  likeOf({ key, server }: Instance): readonly Instance[] {
    if (server === null) return [];
    return this.#instancesOf(this.#byIdentity.of(identityOf(server))).filter((other) => other.key !== key);
  }

  put(key: InstanceKey, known: Known): void {
    const before = this.#entries.get(key) ?? null;
    const now = { ...known, order: before?.order ?? this.#met++ };
    this.#entries.set(key, now);
    this.#index(key, before, now);
    if (before === null || hasMoved(before, now)) this.#moved.add(key);
  }

  remove(key: InstanceKey): void {
    const before = this.#entries.get(key);
    if (before === undefined) return;
    for (const near of this.#around(key, before)) this.#moved.add(near);
    this.#moved.delete(key);
    this.#entries.delete(key);
    this.#index(key, before, null);
  }

  /**
   * Draws the clusters anew around whatever has moved; `mint` makes the id of a new one. Gives the ids of
   * those that may have changed.
   */
  redraw(mint: (root: InstanceKey) => string): ReadonlySet<string> {
    if (this.#moved.size === 0) return new Set();
    const drawables = this.#concerned().map((entry) => this.#drawableOf(entry));
    this.#moved.clear();
    const touched = new Set<string>();
    for (const [key, { clusterId, ...place }] of drawClusters(drawables, mint)) {
      const before = this.#entries.get(key);
      if (before === undefined) continue;
      const now = { ...before, clusterId, instance: { ...before.instance, ...place } };
      this.#entries.set(key, now);
      this.#index(key, before, now);
      for (const id of [before.clusterId, clusterId]) if (id !== null) touched.add(id);
    }
    return touched;
  }

  /** All whose place may depend on what has moved, and all whose places depend on theirs, in the order in which they were met. */
  #concerned(): Entry[] {
    const found = new Set(this.#moved);
    for (const key of found) {
      const entry = this.#entries.get(key);
      if (entry !== undefined) for (const near of this.#around(key, entry)) found.add(near);
    }
    return [...found].flatMap((key) => this.#entries.get(key) ?? []).sort((a, b) => a.order - b.order);
  }

  /** Whom it follows, or who took its place, and of whom the same is true the other way round; who is in its cluster, or bears that cluster's name; whose cluster is named for it. */
  #around(key: InstanceKey, { instance, clusterId }: Known): InstanceKey[] {
    const upstream = aboveOf(instance);
    const { clusterName } = instance;
    return [
      ...(upstream === null ? [] : [upstream]),
      ...this.#byUpstream.of(key),
      ...this.#byCluster.of(clusterId),
      ...this.#byName.of(clusterName),
      ...this.#byName.of(key),
      // A name is the address of whoever leads, or led.
      clusterName as InstanceKey,
    ];
  }

  #drawableOf({ instance, clusterId }: Entry): Drawable {
    const above = aboveOf(instance);
    const successor = above === null ? null : this.get(above);
    // What is known of a successor may still be that it follows the one that it replaced.
    const isRing = successor !== null && upstreamOf(successor.instance) === instance.key;
    return {
      key: instance.key,
      source: isRing ? upstreamOf(instance) : above,
      clusterName: instance.clusterName,
      clusterId,
      isPresent: isCheckValid(instance),
      isLost: isLost(instance),
    };
  }

  #index(key: InstanceKey, before: Entry | null, now: Entry | null): void {
    this.#byName.move(key, before?.instance.clusterName ?? null, now?.instance.clusterName ?? null);
    if (before?.instance.server !== now?.instance.server) {
      this.#bySource.move(key, sourceIn(before), sourceIn(now));
      this.#byIdentity.move(key, identityIn(before), identityIn(now));
    }
    this.#byUpstream.move(key, aboveIn(before), aboveIn(now));
    const [left, joined] = [before?.clusterId ?? null, now?.clusterId ?? null];
    const isCalledAnew = before?.instance.clusterName !== now?.instance.clusterName;
    if (left === joined && !isCalledAnew) return;
    for (const id of [left, joined]) if (id !== null) this.#called.delete(id);
    if (left === joined) return;
    this.#byCluster.move(key, left, joined);
    this.#ids = null;
    for (const id of [left, joined]) if (id !== null) this.#members.delete(id);
  }

  #membersOf(clusterId: string): readonly InstanceKey[] {
    const known = this.#members.get(clusterId);
    if (known !== undefined) return known;
    const members = [...this.#byCluster.of(clusterId)].sort((a, b) => this.#orderOf(a) - this.#orderOf(b));
    if (members.length > 0) this.#members.set(clusterId, members);
    return members;
  }

  #instancesOf(keys: Iterable<InstanceKey>): readonly Instance[] {
    return [...keys].flatMap((key) => this.#entries.get(key)?.instance ?? []);
  }

  #orderOf(key: InstanceKey | undefined): number {
    return (key === undefined ? undefined : this.#entries.get(key)?.order) ?? 0;
  }
}

/** Whether clusters may have to be drawn otherwise: what a look usually brings is no reason to. */
function hasMoved(before: Known, now: Known): boolean {
  return (
    before.clusterId !== now.clusterId ||
    aboveIn(before) !== aboveIn(now) ||
    // Whether it follows the one above it, or has only taken its place, is a difference to that one.
    upstreamOf(before.instance) !== upstreamOf(now.instance) ||
    isCheckValid(before.instance) !== isCheckValid(now.instance) ||
    isLost(before.instance) !== isLost(now.instance)
  );
}

function sourceIn(known: Known | null): InstanceKey | null {
  return known?.instance.server?.replication?.source ?? null;
}

function aboveIn(known: Known | null): InstanceKey | null {
  return known === null ? null : aboveOf(known.instance);
}

/** Whom it hangs below in the drawing: whom it follows, or where it was replaced and follows nobody, its successor. */
function aboveOf(instance: Instance): InstanceKey | null {
  return upstreamOf(instance) ?? instance.replaced?.by ?? null;
}

function identityIn(entry: Entry | null): string | null {
  const server = entry?.instance.server ?? null;
  return server === null ? null : identityOf(server);
}
