import type { Servers } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { Looks } from '../steps/looks.ts';
import type { Observation, Server } from '../topology/observation.ts';
import { isCheckValid } from '../topology/snapshot.ts';
import type { LiveInventory } from './inventory.ts';

/** How long after a miss an instance and its replicas are looked at as often as can be. */
const alarmMs = 10_000;
const alarmEveryMs = 100;
/** The first round about one that is known to be silent waits no longer for it, only for its replicas. */
const knownSilentMs = 25;

/**
 * How many are met at once, and how far apart those begin to be watched: thousands that all connect, or all
 * are asked, in the same instant would keep each other waiting until they seem silent.
 */
const metAtOnce = 64;
const apartMs = 10;

/** Servers that can also be asked for a mere sign of life, and be let go of. */
export interface WatchedServers extends Servers {
  /** Null, or what there was instead of a sign of life within `timeoutMs`. */
  pulse(key: InstanceKey, timeoutMs: number): Promise<Observation | null>;
  forget(key: InstanceKey): void;
}

/**
 * Looks at every known instance: a light pulse every ProbeIntervalMilliseconds, everything every
 * InstancePollSeconds, and at once, with all its replicas, when its connection ends or a pulse is
 * missed; then at each pulse, replicas included, for they are the ones to say when it is dead. New
 * instances that a look names are watched too.
 */
export class Watcher {
  readonly #servers: WatchedServers;
  readonly #inventory: LiveInventory;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #timing: { pulseMs: number; pollMs: number; timeoutMs: number };
  readonly #admits: (key: InstanceKey, found: 'replica' | 'source') => boolean;
  readonly #watched = new Set<InstanceKey>();
  readonly #alarms = new Set<InstanceKey>();
  readonly #looks: Looks;

  constructor(options: {
    servers: WatchedServers;
    inventory: LiveInventory;
    clock: Clock;
    signal: AbortSignal;
    timing: { pulseMs: number; pollMs: number; timeoutMs: number };
    /** Whether an instance that was found may be looked at (DiscoveryIgnore…Filters). */
    admits: (key: InstanceKey, found: 'replica' | 'source') => boolean;
  }) {
    this.#servers = options.servers;
    this.#inventory = options.inventory;
    this.#clock = options.clock;
    this.#signal = options.signal;
    this.#timing = options.timing;
    this.#admits = options.admits;
    this.#looks = new Looks({ ...options, timeoutMs: options.timing.timeoutMs });
  }

  /** Looks at these and at all that they lead to, until nothing new is found. */
  async discover(seeds: readonly InstanceKey[]): Promise<void> {
    let found = [...seeds];
    const seen = new Set<InstanceKey>();
    while (found.length > 0 && !this.#signal.aborted) {
      for (const key of found) {
        seen.add(key);
        this.#inventory.add(key);
      }
      for (let at = 0; at < found.length; at += metAtOnce) await this.lookAt(found.slice(at, at + metAtOnce));
      found = this.#inventory.keys.flatMap((key) => this.#neighbours(key)).filter((key) => !seen.has(key));
      found = [...new Set(found)];
    }
    for (const key of this.#inventory.keys) this.#watch(key);
    // Seeds that are another name of a server that is watched.
    for (const key of seen) if (this.#inventory.find(key) === null) this.#servers.forget(key);
  }

  async lookAt(keys: readonly InstanceKey[]): Promise<void> {
    this.#inventory.learn(await this.#servers.look(keys, this.#timing.timeoutMs, this.#signal));
  }

  /** Something is wrong with an instance: look at it and at its replicas now, and often for a while. */
  alarm(key: InstanceKey, atFirstMs = alarmEveryMs): void {
    if (this.#alarms.has(key) || this.#signal.aborted) return;
    this.#alarms.add(key);
    void this.#lookOften(key, atFirstMs).finally(() => this.#alarms.delete(key));
  }

  async #lookOften(key: InstanceKey, atFirstMs: number): Promise<void> {
    const until = this.#clock.monotonic() + alarmMs;
    for (let paceMs = atFirstMs; this.#isKnown(key) && this.#clock.monotonic() < until; ) {
      const began = this.#clock.monotonic();
      await this.#lookWithReplicas(key, paceMs);
      if (this.#isWell(key)) return;
      await this.#pause(Math.max(0, began + paceMs - this.#clock.monotonic()));
      paceMs = alarmEveryMs;
    }
  }

  /** Waits for whoever is quick to answer. */
  async #lookWithReplicas(key: InstanceKey, atMostMs: number): Promise<void> {
    await this.#looks.round([key, ...this.#replicasOf(key)], atMostMs).catch(() => {});
  }

  #watch(key: InstanceKey): void {
    if (this.#watched.has(key)) return;
    const shiftMs = (Math.floor(this.#watched.size / metAtOnce) * apartMs) % this.#timing.pulseMs;
    this.#watched.add(key);
    void this.#keepWatching(key, shiftMs);
  }

  /** `shiftMs` keeps it from being asked in the same instant as all others. */
  async #keepWatching(key: InstanceKey, shiftMs: number): Promise<void> {
    let pollAt = this.#clock.monotonic() + this.#timing.pollMs + shiftMs;
    for (let restMs = this.#timing.pulseMs + shiftMs; this.#isKnown(key); restMs = this.#timing.pulseMs) {
      await this.#pause(restMs);
      // One that was forgotten meanwhile would be known again by a look.
      if (!this.#isKnown(key)) break;
      if (this.#alarms.has(key)) continue;
      if (this.#clock.monotonic() >= pollAt || !this.#isWell(key)) {
        pollAt = this.#clock.monotonic() + this.#timing.pollMs;
        await (this.#isWell(key) ? this.lookAt([key]) : this.#lookWithReplicas(key, alarmEveryMs));
        this.#meetNeighbours(key);
      } else await this.#feelPulse(key);
    }
    this.#watched.delete(key);
    this.#servers.forget(key);
  }

  async #feelPulse(key: InstanceKey): Promise<void> {
    const missed = await this.#servers.pulse(key, this.#timing.timeoutMs);
    if (this.#signal.aborted) return;
    if (missed === null) return this.#inventory.hear(key, this.#clock.now());
    // A connection that ended says little of its server: a look, over a new one, says more.
    if (missed.echo !== 'silent') return this.alarm(key);
    this.#looks.take(missed);
    this.alarm(key, knownSilentMs);
  }

  #meetNeighbours(key: InstanceKey): void {
    for (const neighbour of this.#neighbours(key)) {
      this.#inventory.add(neighbour);
      this.#watch(neighbour);
    }
  }

  /** Instances that this one names and that nobody has met yet. */
  #neighbours(key: InstanceKey): InstanceKey[] {
    const server = this.#inventory.find(key)?.server;
    if (server == null) return [];
    const found = [
      ...server.listedReplicas.map((one) => [one, 'replica'] as const),
      ...sourcesOf(server).map((one) => [one, 'source'] as const),
      // They replicate from each other, so each is what the others follow.
      ...(server.group?.members ?? []).map((one) => [one.key, 'source'] as const),
    ];
    return found.flatMap(([one, as]) =>
      this.#inventory.find(one) === null && this.#admits(one, as) ? [one] : [],
    );
  }

  #replicasOf(key: InstanceKey): InstanceKey[] {
    return this.#inventory.replicasOf(key).map((one) => one.key);
  }

  #isKnown(key: InstanceKey): boolean {
    return !this.#signal.aborted && this.#inventory.find(key) !== null;
  }

  #isWell(key: InstanceKey): boolean {
    const instance = this.#inventory.find(key);
    return instance !== null && isCheckValid(instance);
  }

  async #pause(milliseconds: number): Promise<void> {
    // Being stopped is no failure: the loops look at the signal themselves.
    await this.#clock.sleep(milliseconds, this.#signal).catch(() => {});
  }
}

/** Over all its channels. */
function sourcesOf({ replication }: Server): InstanceKey[] {
  return replication === null
    ? []
    : [replication.source, ...replication.otherChannels.map(({ source }) => source)];
}
