import type { Clock } from '../kernel/clock.ts';
import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';
import type { Server } from '../topology/observation.ts';
import { Network, type Place } from './network.ts';
import { read } from './observe.ts';
import { type Echo, replicate } from './replicate.ts';
import { copyOf, isCopied } from './cloning.ts';
import { commitOn, settleSemiSync } from './semi-sync.ts';
import { execute, newReplication, newSemiSync, type SimulatedServer, type Write } from './server.ts';
import type { Statement } from './statements.ts';

/** A write that an application was told is safe. */
export interface Acknowledged {
  readonly write: Write;
  readonly by: InstanceKey;
  readonly at: number;
}

/** Several servers of one cluster that took writes at once. */
export interface Doubled {
  readonly servers: readonly InstanceKey[];
  readonly at: number;
  /** What made the second one writable. */
  readonly after: string;
}

/**
 * Servers that exist only in memory. They replicate, lag, die and come back as real ones do, on the
 * time of the clock they are given, and remember what an auditor asks for afterwards.
 */
export class Fleet {
  readonly network = new Network();
  readonly acknowledged: Acknowledged[] = [];
  readonly doubled: Doubled[] = [];
  readonly #servers = new Map<InstanceKey, SimulatedServer>();
  /** The time that the servers live on. */
  readonly clock: Clock;
  readonly #flavour: 'mariadb' | 'mysql';
  readonly #listeners = new Set<(key: InstanceKey) => void>();
  readonly #witnesses = new Set<(key: InstanceKey, words: string) => void>();
  #writes = 0;

  constructor(clock: Clock, flavour: 'mariadb' | 'mysql' = 'mariadb') {
    this.clock = clock;
    this.#flavour = flavour;
  }

  /** A server that holds nothing; a primary takes writes, a replica is read-only and connects at once. */
  add(key: InstanceKey, source: InstanceKey | null): void {
    const now = this.clock.now();
    this.#servers.set(key, {
      key,
      serverId: this.#servers.size + 1,
      flavour: this.#flavour,
      cluster: source === null ? key : this.server(source).cluster,
      bornReadOnly: source !== null,
      alive: true,
      frozen: false,
      crowded: false,
      readOnly: source !== null,
      superReadOnly: false,
      log: [],
      executed: new Set(),
      replication: source === null ? null : newReplication(source, { lagMs: 0, now }),
      detached: null,
      cloning: null,
      semiSync: newSemiSync(),
      broken: new Set(),
    });
    this.settle();
  }

  get servers(): readonly SimulatedServer[] {
    return [...this.#servers.values()];
  }

  server(key: InstanceKey): SimulatedServer {
    const server = this.#servers.get(key);
    if (server === undefined) throw new RangeError(`there is no server ${key} in this fleet`);
    return server;
  }

  /** An application's transaction: null when it was acknowledged, or why it was not, or not yet. */
  write(key: InstanceKey): string | null {
    this.settle();
    const server = this.server(key);
    const at = this.clock.now();
    if (!server.alive) return `${key} refuses connections`;
    if (server.frozen) return `${key} does not answer`;
    if (server.readOnly) return `${key} is read-only`;
    const write = this.#execute(server);
    if (commitOn(server, write, at)) {
      this.acknowledged.push({ write, by: key, at });
      this.settle();
      return null;
    }
    this.settle();
    return server.semiSync.waiting.some((one) => one.write.id === write.id)
      ? `${key} waits for a semi-sync replica`
      : null;
  }

  /** Somebody whom read_only does not bind writes on a server; no application waits for it. */
  stray(key: InstanceKey): void {
    const server = this.server(key);
    if (server.readOnly && server.superReadOnly) throw new RangeError(`${key} is read-only for everybody`);
    this.change(() => this.#execute(server));
  }

  #execute(server: SimulatedServer): Write {
    this.#writes += 1;
    const write = { id: this.#writes, origin: server.serverId, sequence: nextSequence(server) };
    execute(server, write, this.clock.now());
    return write;
  }

  /** The process ends. Its connections end with it, so whoever had one knows. */
  kill(key: InstanceKey): void {
    this.settle();
    const heard = this.echo('baton', key) === 'answers';
    const server = this.server(key);
    Object.assign(server, { alive: false, frozen: false, crowded: false });
    // Whoever waited will never hear; what they wrote is in the log.
    server.semiSync.waiting = [];
    this.settle();
    if (heard) for (const listener of this.#listeners) listener(key);
  }

  /** It comes up as its own configuration says, with all it had on disk, and its threads start. */
  restart(key: InstanceKey): void {
    this.settle();
    const server = this.server(key);
    const { replication } = server;
    Object.assign(server, { alive: true, frozen: false, crowded: false });
    Object.assign(server, { readOnly: server.bornReadOnly, superReadOnly: false });
    if (replication !== null) {
      Object.assign(replication, { io: 'connecting', ioError: '', retryAt: this.clock.now(), cursor: 0 });
      replication.applying = replication.sqlError === '';
    }
    this.settle();
    this.#countWritable(`the restart of ${key}`);
  }

  /** Changes anything about servers or links; what was due before still happens before. */
  change(how: () => void): void {
    this.settle();
    how();
    this.settle();
  }

  /** Does one statement of an order on a server. */
  take(key: InstanceKey, { words, take }: Statement): void {
    this.settle();
    for (const witness of this.#witnesses) witness(key, words);
    this.change(() => take(this.clock.now()));
    this.#countWritable(`"${words}" on ${key}`);
  }

  echo(from: Place, to: InstanceKey): Echo {
    const server = this.#servers.get(to);
    // Nobody listens where there is no server.
    if (server === undefined) return 'refuses';
    if (server.frozen || !this.network.carries(from, to)) return 'silent';
    if (!server.alive) return 'refuses';
    return server.crowded ? 'crowded' : 'answers';
  }

  /** What a server that can be asked says of itself. */
  read(key: InstanceKey): Server {
    this.settle();
    const connected = this.#connectedTo(key);
    return read(this.server(key), {
      connected: connected.map((replica) => replica.key),
      acknowledging: connected.filter(({ replication }) => replication?.acknowledges).length,
      now: this.clock.now(),
    });
  }

  #connectedTo(key: InstanceKey): readonly SimulatedServer[] {
    return this.servers.filter(
      ({ replication }) => replication?.source === key && replication.io === 'running',
    );
  }

  /** Called with a server whose connections have just ended. The answer ends the listening. */
  onLost(listener: (key: InstanceKey) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called with each statement of an order just before it is done. */
  onStatement(witness: (key: InstanceKey, words: string) => void): void {
    this.#witnesses.add(witness);
  }

  /** Lets replication do all that is due by now. */
  settle(): void {
    const now = this.clock.now();
    for (const server of this.#servers.values()) if (isCopied(server, now)) this.#copied(server);
    this.#replicateAll(now);
    for (const server of this.#servers.values()) {
      if (!server.alive || server.frozen || !server.semiSync.primary) continue;
      for (const write of settleSemiSync(server, this.#connectedTo(server.key), now))
        this.acknowledged.push({ write, by: server.key, at: now });
    }
  }

  /** Nobody manages a pretended server: once it is a copy of another it stops, as MySQL does then. */
  #copied(server: SimulatedServer): void {
    const { cloning } = server;
    if (cloning === null) return;
    cloning.isDone = true;
    copyOf(server, this.server(cloning.donor));
    server.replication = null;
    this.kill(server.key);
  }

  #replicateAll(now: number): void {
    // What moved upstream may move something downstream, at most once for each tier.
    for (let tier = 0; tier < this.#servers.size; tier += 1) {
      let moved = false;
      for (const replica of this.#servers.values()) {
        const source = this.#servers.get(replica.replication?.source ?? replica.key);
        if (!replica.alive || replica.frozen || source === undefined) continue;
        const echo = this.echo(replica.key, source.key);
        if (replicate(replica, source, { echo, now })) moved = true;
      }
      if (!moved) return;
    }
  }

  /** Those of a cluster that would take a write now. */
  writable(cluster: InstanceKey): readonly InstanceKey[] {
    return this.servers
      .filter((server) => server.cluster === cluster && server.alive && !server.readOnly)
      .map(({ key }) => key)
      .sort(compareKeys);
  }

  /** Acknowledged writes of its cluster that a server has neither executed nor received. */
  missing(key: InstanceKey): readonly Acknowledged[] {
    this.settle();
    const { cluster, executed, replication } = this.server(key);
    const held = new Set([...executed, ...(replication?.relay ?? []).map(({ write }) => write.id)]);
    return this.acknowledged.filter(
      ({ by, write }) => this.server(by).cluster === cluster && !held.has(write.id),
    );
  }

  #countWritable(after: string): void {
    for (const cluster of new Set(this.servers.map((server) => server.cluster))) {
      const servers = this.writable(cluster);
      const last = this.doubled.findLast(
        (one) => one.servers[0] !== undefined && this.server(one.servers[0]).cluster === cluster,
      );
      if (servers.length < 2) continue;
      if (last !== undefined && last.servers.join() === servers.join()) continue;
      this.doubled.push({ servers, at: this.clock.now(), after });
    }
  }
}

/** MariaDB numbers on from the last write of its domain, MySQL from the last one of its own. */
function nextSequence({ flavour, serverId, log }: SimulatedServer): number {
  const counted = log.filter(({ write }) => flavour === 'mariadb' || write.origin === serverId);
  return counted.reduce((most, { write }) => Math.max(most, write.sequence), 0) + 1;
}
