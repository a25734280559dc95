import { z } from 'zod';
import type { Inventory, Journal } from '../engine/ports.ts';
import type { Chance } from '../kernel/clock.ts';
import { InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import { ErrantWatch } from '../topology/errant-watch.ts';
import { type Observation, Server } from '../topology/observation.ts';
import { isReplacementOver, Replacement, successorOf } from '../topology/replaced.ts';
import { isSameServer } from '../topology/same-server.ts';
import {
  type Downtime,
  type Instance,
  neverLooked,
  newInstance,
  withObservation,
} from '../topology/snapshot.ts';
import type { InstanceLabels } from './names/label-values.ts';
import { isDowntimeOver } from '../topology/lost.ts';
import { betterName, Names } from './names/names.ts';
import { Roll } from './roll.ts';

/** What of an instance outlives the controller. */
const KeptInstance = z.object({
  clusterId: z.string().nullable(),
  server: Server.nullable(),
  seenAt: z.number(),
  checkedAt: z.number(),
  acknowledgedAt: z.number().default(0),
  downtime: z.object({ owner: z.string(), reason: z.string(), until: z.number() }).nullable(),
  // What an older build kept does not say.
  replaced: Replacement.nullable().default(null),
});

const room = 'instances';
const namesRoom = 'names';
const ownAliasesRoom = 'own-aliases';

/**
 * Every instance Baton has ever met, and the clusters they make. Kept in the journal, so that a
 * controller that is started after the primary died still knows whose replicas are orphaned.
 */
export class LiveInventory implements Inventory {
  readonly #roll = new Roll();
  /** The text last written for each instance, so that an unchanged one is not written again. */
  readonly #written = new Map<InstanceKey, string>();
  readonly #aliases = new Map<string, string>();
  readonly #domains = new Map<string, string>();
  /** What people have called clusters, by their ids. */
  readonly #ownAliases = new Map<string, string>();
  readonly #names = new Names();
  readonly #errant = new ErrantWatch();
  /** Those of whom it is known that they were replaced. */
  readonly #replaced = new Set<InstanceKey>();
  /** When those were forgotten that are not known again, milliseconds since 1970. */
  readonly #forgotten = new Map<InstanceKey, number>();
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
    const [names, aliases, domains] = await Promise.all([
      this.#journal.kept(namesRoom),
      this.#journal.kept('aliases'),
      this.#journal.kept('domains'),
      this.loadNew(),
    ]);
    for (const [other, name] of names) this.#names.join(InstanceKey.parse(other), InstanceKey.parse(name));
    for (const [id, alias] of aliases) this.#aliases.set(id, String(alias));
    for (const [id, domain] of domains) this.#domains.set(id, String(domain));
    this.#redraw();
  }

  /** Takes in instances that another controller has kept and that are not known here; gives their addresses. */
  async loadNew(): Promise<readonly InstanceKey[]> {
    const found: InstanceKey[] = [];
    for (const [name, value] of await this.#journal.kept(room)) {
      const key = parseInstanceKey(name);
      const kept = KeptInstance.safeParse(value);
      if (key === null || !kept.success || this.#roll.get(this.#names.of(key)) !== null) continue;
      found.push(key);
      const { clusterId, server, seenAt, checkedAt, acknowledgedAt, downtime, replaced } = kept.data;
      const checks = { ...neverLooked(), checkedAt, attemptedAt: checkedAt, seenAt };
      const group = server?.group ?? null;
      const instance = { ...newInstance(key), server, group, checks, acknowledgedAt, downtime, replaced };
      if (replaced !== null) this.#replaced.add(key);
      this.#roll.put(key, { clusterId, instance });
    }
    return found;
  }

  get keys(): readonly InstanceKey[] {
    return this.#roll.keys;
  }

  get instances(): readonly Instance[] {
    return this.#roll.instances;
  }

  find(key: InstanceKey): Instance | null {
    return this.#roll.get(key)?.instance ?? null;
  }

  members(clusterId: string): readonly Instance[] {
    return this.#roll.members(clusterId);
  }

  membersWith(key: InstanceKey): readonly Instance[] {
    const clusterId = this.#roll.get(key)?.clusterId;
    return clusterId == null ? [] : this.members(clusterId);
  }

  replicasOf(source: InstanceKey): readonly Instance[] {
    return this.#roll.replicasOf(source);
  }

  clusterOf(key: InstanceKey): Cluster | null {
    const known = this.#roll.get(key);
    return known?.clusterId == null ? null : this.cluster(known.clusterId);
  }

  get clusters(): readonly Cluster[] {
    return this.#roll.clusterIds.map((id) => this.cluster(id));
  }

  cluster(id: string): Cluster {
    const name = this.#roll.nameOf(id);
    const alias = this.#ownAliases.get(id) ?? this.#aliases.get(id) ?? name;
    return { id, name, alias, domain: this.#domains.get(id) ?? name };
  }

  /** The member whose address is the name of the cluster: its primary, alive or not; null where it is not known. */
  primaryOf({ id, name }: Cluster): Instance | null {
    return this.members(id).find(({ key }) => key === name) ?? null;
  }

  /** Makes an address known, so that it is looked at from now on. */
  add(address: InstanceKey): void {
    const key = this.#names.of(address);
    if (this.#roll.get(key) === null) this.#roll.put(key, { instance: newInstance(key), clusterId: null });
  }

  /** It gave a sign of life at this moment. */
  hear(address: InstanceKey, at: number): void {
    const key = this.#names.of(address);
    const checks = this.find(key)?.checks;
    if (checks !== undefined) this.#amend(key, { checks: { ...checks, heardAt: at } });
  }

  learn(seen: readonly Observation[]): readonly Observation[] {
    for (const observation of seen) this.#takeIn(this.#names.within(observation));
    this.#takeBack();
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

  replace(key: InstanceKey, replaced: Replacement): void {
    this.#mark(key, replaced);
    this.#redraw();
    this.#keep(key);
  }

  /** A person's word: it leads a cluster of its own, with all that follow it, and not the one that it was replaced in. */
  split(key: InstanceKey): void {
    this.#mark(key, null);
    if (this.find(key)?.downtime?.owner === 'baton') this.setDowntime(key, null);
    const clusterId = this.#chance.hex(16);
    const leaving = new Set([key]);
    for (const one of leaving) {
      const known = this.#roll.get(one);
      if (known !== null) this.#roll.put(one, { ...known, clusterId });
      for (const replica of this.replicasOf(one)) leaving.add(replica.key);
    }
    this.#redraw();
    for (const one of leaving) this.#keep(one);
  }

  /** Who is the primary now in the place of a replaced one; null where it was not replaced. */
  successorOf(key: InstanceKey): InstanceKey | null {
    const instance = this.find(key);
    return instance === null ? null : successorOf(instance, (one) => this.find(one));
  }

  /** Those who were replaced as the primary and do not follow anybody yet. */
  get replaced(): readonly InstanceKey[] {
    return [...this.#replaced];
  }

  setDowntime(key: InstanceKey, downtime: Downtime | null): void {
    this.#amend(key, { downtime });
    this.#keep(key);
  }

  /** Somebody works on it, so nothing is found of it. */
  setMaintenance(key: InstanceKey, inMaintenance: boolean): void {
    this.#amend(key, { inMaintenance });
  }

  /** What the operator's queries and patterns say of an instance. */
  label(key: InstanceKey, labels: InstanceLabels): void {
    this.#amend(key, labels);
  }

  /** Names that stay with the cluster's id, whoever leads it; null leaves what there is. */
  nameCluster(id: string, { alias, domain }: { alias: string | null; domain: string | null }): void {
    for (const [kind, names, name] of [
      ['aliases', this.#aliases, alias],
      ['domains', this.#domains, domain],
    ] as const) {
      if (name === null || names.get(id) === name) continue;
      names.set(id, name);
      this.#write(() => this.#journal.keep(kind, id, name));
    }
  }

  /** What a person calls a cluster outdoes all else; null for the name that it has by itself. */
  async nameByHand(id: string, alias: string | null): Promise<void> {
    if (alias === null) {
      await this.#journal.drop(ownAliasesRoom, id);
      this.#ownAliases.delete(id);
    } else {
      await this.#journal.keep(ownAliasesRoom, id, alias);
      this.#ownAliases.set(id, alias);
    }
  }

  /** Takes in what people have called clusters. */
  async loadAliases(): Promise<void> {
    const kept = await this.#journal.kept(ownAliasesRoom);
    this.#ownAliases.clear();
    for (const [id, alias] of kept) this.#ownAliases.set(id, String(alias));
  }

  /** From now on a server is known by another of its addresses; whoever calls this has seen that it is one. */
  rename(key: InstanceKey, name: InstanceKey): void {
    const known = this.#roll.get(key);
    if (known === null) return;
    if (this.#roll.get(name) === null)
      this.#roll.put(name, { ...known, instance: { ...known.instance, key: name } });
    this.#merge(key, name);
    this.#redraw();
    this.#keep(name);
  }

  /** A look that began before `at`, milliseconds since 1970, does not make it known again. */
  forget(key: InstanceKey, at = 0): void {
    this.#forgotten.set(key, at);
    this.#replaced.delete(key);
    this.#roll.remove(key);
    this.#written.delete(key);
    this.#write(() => this.#journal.drop(room, key));
  }

  /** Resolves when everything learned so far is on disk. */
  settled(): Promise<void> {
    return this.#writing;
  }

  #amend(
    key: InstanceKey,
    what:
      | Pick<Instance, 'checks'>
      | Pick<Instance, 'gtidErrant'>
      | Pick<Instance, 'downtime'>
      | Pick<Instance, 'inMaintenance'>
      | Pick<Instance, 'replaced'>
      | InstanceLabels,
  ): void {
    const known = this.#roll.get(key);
    if (known !== null) this.#roll.put(key, { ...known, instance: { ...known.instance, ...what } });
  }

  #takeIn(observation: Observation): void {
    const { key, outcome } = observation;
    const looked = withObservation(this.find(key) ?? newInstance(key), observation);
    if (this.#names.of(key) !== key && !this.#leadsElsewhere(looked, outcome)) return;
    const known = this.#roll.get(key) ?? { instance: newInstance(key), clusterId: null };
    if (isOutdone(observation, known.instance)) return;
    if (observation.at - observation.tookMs < (this.#forgotten.get(key) ?? 0)) return;
    this.#forgotten.delete(key);
    this.#roll.put(key, { ...known, instance: looked });
    if (outcome !== 'read') return;
    const twin = this.#roll.likeOf(looked).find((other) => isSameServer(other, looked));
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
    this.#merge(name === first ? second : first, name);
  }

  #merge(other: InstanceKey, name: InstanceKey): void {
    const [stays, goes] = [this.#roll.get(name), this.#roll.get(other)];
    if (stays === null || goes === null) return;
    this.#names.join(other, name);
    this.#write(() => this.#journal.keep(namesRoom, other, name));
    this.#write(() => this.#journal.drop(namesRoom, name));
    const downtime = stays.instance.downtime ?? goes.instance.downtime;
    const clusterId = stays.clusterId ?? goes.clusterId;
    this.#roll.put(name, { clusterId, instance: { ...stays.instance, downtime } });
    const replaced = stays.instance.replaced ?? goes.instance.replaced;
    if (replaced !== null) this.#mark(name, replaced);
    this.forget(other);
    for (const key of this.#roll.keys) {
      const known = this.#roll.get(key);
      if (known !== null) this.#roll.put(key, { ...known, instance: this.#names.within(known.instance) });
    }
    this.#onNamed(other, name);
  }

  #mark(key: InstanceKey, replaced: Replacement | null): void {
    this.#amend(key, { replaced });
    if (replaced === null) this.#replaced.delete(key);
    else this.#replaced.add(key);
  }

  /** Those who follow somebody again, or lead again, count as replaced no longer. */
  #takeBack(): void {
    for (const key of this.#replaced) {
      const instance = this.find(key);
      if (instance !== null && !isReplacementOver(instance, (one) => this.find(one))) continue;
      this.#mark(key, null);
      this.#keep(key);
    }
  }

  /** An alias belongs to the cluster's id, so it stays when the primary, and with it the name, changes. */
  #redraw(): void {
    for (const id of this.#roll.redraw(() => this.#chance.hex(16)))
      this.nameCluster(id, { alias: this.#aliasOf(this.cluster(id).name), domain: null });
  }

  #keep(key: InstanceKey): void {
    const known = this.#roll.get(key);
    if (known === null) return;
    const { instance, clusterId } = known;
    const { server, checks, acknowledgedAt, downtime, replaced } = instance;
    const outline = JSON.stringify([
      clusterId,
      downtime,
      replaced,
      server?.version,
      server?.readOnly,
      server?.replication?.source,
      server?.detachedFrom,
      { ...server?.semiSync, waiting: null },
    ]);
    if (this.#written.get(key) === outline) return;
    this.#written.set(key, outline);
    const { seenAt, checkedAt } = checks;
    this.#write(async () => {
      try {
        const kept = { clusterId, server, seenAt, checkedAt, acknowledgedAt, downtime, replaced };
        await this.#journal.keep(room, key, kept);
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
