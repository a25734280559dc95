import type { Teller } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { spoken } from '../kernel/duration.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { asWritten, type InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import { isPersons } from '../topology/lost.ts';
import { type Instance, isCheckValid } from '../topology/snapshot.ts';
import { instanceMeant } from './instance-meant.ts';
import type { LiveInventory } from './inventory.ts';
import type { Said } from './kept/kept.ts';
import type { Asker } from './requests/requests.ts';
import type { Watcher } from './watcher.ts';
import type { ControlledServers } from './ports.ts';

/** How often it is seen to who was not seen for long; the first time after as long, for what was not seen while no controller ran. */
const everyMs = 3_600_000;

/** Which instances are watched, as people say: what they have discovered, and what is forgotten (orchestrator 3.2.6, section 5.4). */
export class Discovery {
  readonly #inventory: LiveInventory;
  readonly #watcher: Watcher;
  readonly #servers: ControlledServers;
  readonly #said: Said;
  readonly #isBusy: (clusterId: string) => boolean;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #signal: AbortSignal;
  readonly #defaultPort: number;
  readonly #timeoutMs: number;
  readonly #forgetMs: number;

  constructor(options: {
    inventory: LiveInventory;
    watcher: Watcher;
    servers: ControlledServers;
    said: Said;
    /** A run goes on that changes a cluster, or may. */
    isBusy: (clusterId: string) => boolean;
    clock: Clock;
    teller: Teller;
    signal: AbortSignal;
    /** Of an instance that is named without one (DefaultInstancePort). */
    defaultPort: number;
    /** Of a look. */
    timeoutMs: number;
    /** After so long an instance that was not seen is forgotten (UnseenInstanceForgetHours); 0 for never. */
    forgetMs: number;
  }) {
    this.#inventory = options.inventory;
    this.#watcher = options.watcher;
    this.#servers = options.servers;
    this.#said = options.said;
    this.#isBusy = options.isBusy;
    this.#clock = options.clock;
    this.#teller = options.teller;
    this.#signal = options.signal;
    this.#defaultPort = options.defaultPort;
    this.#timeoutMs = options.timeoutMs;
    this.#forgetMs = options.forgetMs;
  }

  /**
   * Watches an instance, and all that it leads to, from now on; gives the address that it is known by. A person's word
   * outdoes the filters of DiscoveryIgnore…. Throws `usage`, and `server-unreachable` where nothing can be read.
   */
  async discover(name: string, asker: Asker): Promise<InstanceKey> {
    const key = parseInstanceKey(name, this.#defaultPort);
    if (key === null) throw new BatonError('usage', `${asWritten(name)} is no host:port`);
    const [look] = await this.#servers.look([key], this.#timeoutMs, this.#signal);
    if (look === undefined || look.outcome !== 'read') {
      if (this.#inventory.find(key) === null) this.#servers.forget(key);
      throw new BatonError(
        'server-unreachable',
        `${key} cannot be read: ${look?.error ?? 'it was not asked'}`,
      );
    }
    const watch = async () => {
      const [seen = look] = this.#inventory.learn([look]);
      await this.#watcher.discover([seen.key]);
      await this.#inventory.settled();
      return seen.key;
    };
    // Scripts discover what is watched already every few minutes; that is a look, and nothing to write down.
    if (this.#inventory.find(key) !== null) return watch();
    return this.#said({ type: 'discover', instance: key, says: `${key} is watched.` }, asker, watch);
  }

  /** It is watched no longer, until somebody or another server names it. Throws `instance-unknown`, `cluster-busy`. */
  async forget(name: string, asker: Asker): Promise<InstanceKey> {
    const { key } = this.#meant(name);
    this.#refuseBusy(this.#inventory.clusterOf(key));
    const says = `${key} is watched no longer.`;
    await this.#said({ type: 'forget', instance: key, says }, asker, () => this.#letGo([key]));
    return key;
  }

  /** None of a cluster's instances is watched any longer; gives them. Throws `cluster-busy`. */
  async forgetCluster(cluster: Cluster, asker: Asker): Promise<readonly InstanceKey[]> {
    this.#refuseBusy(cluster);
    const keys = this.#inventory.members(cluster.id).map(({ key }) => key);
    const about = { id: cluster.id, alias: cluster.alias };
    const says = `cluster ${cluster.alias} is watched no longer: ${keys.join(', ')}.`;
    await this.#said({ type: 'forget-cluster', instance: null, cluster: about, says }, asker, () =>
      this.#letGo(keys),
    );
    return keys;
  }

  /** What forgetting an instance would mean, a sentence each. Throws `instance-unknown`. */
  previewForget(name: string): readonly string[] {
    const { key, downtime } = this.#meant(name);
    return [
      `${key} would be watched no longer`,
      ...(downtime === null
        ? []
        : [`its downtime would be forgotten (${downtime.owner}: ${downtime.reason})`]),
      ...this.#inventory
        .replicasOf(key)
        .map((replica) => `it would be found again soon, for ${replica.key} replicates from it`),
    ];
  }

  /** Forgets whoever was not seen for long, for as long as the controller leads. Never rejects. */
  async keep(): Promise<void> {
    while (this.#forgetMs > 0 && !this.#signal.aborted) {
      await this.#clock.sleep(everyMs, this.#signal).catch(() => {});
      if (this.#signal.aborted) return;
      await this.forgetUnseen().catch((error: unknown) => this.#teller.warn(messageOf(error), {}));
    }
  }

  /** Those that were seen once, and not for UnseenInstanceForgetHours; gives them. */
  async forgetUnseen(): Promise<readonly InstanceKey[]> {
    const now = this.#clock.now();
    const unseen = this.#inventory.instances.filter((one) => this.#isToBeForgotten(one, now));
    const why = `not seen for ${spoken(this.#forgetMs)} (UnseenInstanceForgetHours)`;
    for (const { key } of unseen) {
      const says = `${key} is watched no longer.`;
      await this.#said({ type: 'forget', instance: key, says }, { by: 'baton', why }, () =>
        this.#letGo([key]),
      );
    }
    return unseen.map(({ key }) => key);
  }

  /** One that others replicate from is missed, and one that somebody has set apart is spoken of. */
  #isToBeForgotten(instance: Instance, now: number): boolean {
    const { key, checks, downtime, inMaintenance } = instance;
    const cluster = this.#inventory.clusterOf(key);
    return (
      checks.seenAt > 0 &&
      now - checks.seenAt >= this.#forgetMs &&
      !isCheckValid(instance) &&
      !inMaintenance &&
      (downtime === null || !isPersons(downtime)) &&
      this.#inventory.replicasOf(key).length === 0 &&
      (cluster === null || !this.#isBusy(cluster.id))
    );
  }

  async #letGo(keys: readonly InstanceKey[]): Promise<void> {
    for (const key of keys) this.#inventory.forget(key, this.#clock.now());
    await this.#inventory.settled();
  }

  #refuseBusy(cluster: Cluster | null): void {
    if (cluster !== null && this.#isBusy(cluster.id))
      throw new BatonError(
        'cluster-busy',
        `something goes on that changes ${cluster.alias}, or may, and knows its instances`,
      );
  }

  #meant(name: string): Instance {
    const key = instanceMeant(name, { inventory: this.#inventory, defaultPort: this.#defaultPort });
    const instance = this.#inventory.find(key);
    if (instance === null) throw new BatonError('instance-unknown', `${key} is not watched`);
    return instance;
  }
}
