import type { Config } from '../../config/keys.ts';
import { compilePattern } from '../../config/pattern.ts';
import type { Teller } from '../../engine/ports.ts';
import { messageOf } from '../../kernel/errors.ts';
import {
  hostOf,
  type InstanceKey,
  instanceKey,
  parseInstanceKey,
  portOf,
} from '../../kernel/instance-key.ts';
import type { Observation } from '../../topology/observation.ts';
import { isSameServer } from '../../topology/same-server.ts';
import { type Instance, isCheckValid, newInstance, withObservation } from '../../topology/snapshot.ts';
import type { LiveInventory } from '../inventory.ts';
import type { NameService } from './name-service.ts';
import { isNear } from './names.ts';

/**
 * Gives each server the name by which the operator expects to see it: what it calls itself
 * (MySQLHostnameResolveMethod), or what the name service calls it (HostnameResolveMethod). orchestrator
 * believes such a name; here it is asked at that name first, and called so only if it is the one that
 * answers there. docs/decisions/0010 says why.
 */
export class Naming {
  /** The name that each server was last tried by. */
  readonly #tried = new Map<InstanceKey, InstanceKey>();
  /** What the name service said of a host, once in the controller's life. */
  readonly #found = new Map<string, Promise<string>>();
  readonly #trying = new Map<InstanceKey, Promise<void>>();
  readonly #config: Config;
  readonly #inventory: LiveInventory;
  readonly #teller: Teller;
  readonly #look: (key: InstanceKey) => Promise<Observation | undefined>;
  readonly #forget: (key: InstanceKey) => void;
  readonly #watch: () => void;
  readonly #isBusy: (clusterId: string) => boolean;
  readonly #names: NameService;

  constructor(options: {
    config: Config;
    inventory: LiveInventory;
    teller: Teller;
    look: (key: InstanceKey) => Promise<Observation | undefined>;
    forget: (key: InstanceKey) => void;
    /** Begins to watch servers under their new names. */
    watch: () => void;
    /** Whether something goes on that knows the members of a cluster by their names. */
    isBusy: (clusterId: string) => boolean;
    names: NameService;
  }) {
    this.#config = options.config;
    this.#inventory = options.inventory;
    this.#teller = options.teller;
    this.#look = options.look;
    this.#forget = options.forget;
    this.#watch = options.watch;
    this.#isBusy = options.isBusy;
    this.#names = options.names;
  }

  /** These have just been looked at. */
  learned(keys: readonly InstanceKey[]): void {
    for (const key of keys) {
      const instance = this.#inventory.find(key);
      if (instance === null || !isCheckValid(instance) || this.#trying.has(key)) continue;
      this.#trying.set(
        key,
        this.#consider(instance).finally(() => this.#trying.delete(key)),
      );
    }
  }

  /** Waits until all that are being tried are known by their names. */
  async settled(): Promise<void> {
    await Promise.all(this.#trying.values());
  }

  async #consider(instance: Instance): Promise<void> {
    const { key } = instance;
    const name = await this.#nameFor(instance);
    if (name === null || name === key || this.#tried.get(key) === name || this.#isBusyWith(key)) return;
    this.#tried.set(key, name);
    const there = await this.#look(name);
    const why = whyNot(instance, name, there);
    if (why !== null) {
      if (this.#inventory.find(name) === null) this.#forget(name);
      this.#teller.tell(`${key} calls itself ${name}, and is still known as ${key}: ${why}`, {
        instance: key,
      });
      return;
    }
    if (this.#isBusyWith(key)) return void this.#tried.delete(key);
    this.#inventory.rename(key, name);
    this.#watch();
  }

  #isBusyWith(key: InstanceKey): boolean {
    const cluster = this.#inventory.clusterOf(key);
    return cluster !== null && this.#isBusy(cluster.id);
  }

  /** Null where no method gives a name that is to be believed. */
  async #nameFor(instance: Instance): Promise<InstanceKey | null> {
    const found = hostOf(instance.key);
    const asked = this.#found.get(found) ?? this.#foundName(found);
    this.#found.set(found, asked);
    const host = this.#ownName(instance) || (await asked);
    const name = host === '' ? null : parseInstanceKey(instanceKey(host, portOf(instance.key)));
    if (name === null || isNear(name) || this.#isRejected(host)) return null;
    return name;
  }

  /** What the server calls itself, by orchestrator's words for the method (orchestrator 3.2.6, section 4). */
  #ownName({ server }: Instance): string {
    switch (this.#config.MySQLHostnameResolveMethod.toLowerCase()) {
      case 'default':
      case 'hostname':
      case '@@hostname':
        return server?.hostname ?? '';
      case 'report_host':
      case '@@report_host':
        return server?.reportHost ?? '';
      default:
        return '';
    }
  }

  async #foundName(host: string): Promise<string> {
    try {
      switch (this.#config.HostnameResolveMethod.toLowerCase()) {
        case 'cname':
          return await this.#names.canonical(host);
        case 'ip':
          return await this.#names.address(host);
        default:
          return '';
      }
    } catch (error) {
      this.#teller.warn(`the name service has nothing for ${host}: ${messageOf(error)}`, {});
      return '';
    }
  }

  #isRejected(host: string): boolean {
    const pattern = this.#config.RejectHostnameResolvePattern;
    return pattern !== '' && (compilePattern(pattern)?.test(host) ?? false);
  }
}

/** Why a server is not to be called by a name; null where it is the one that answers there. */
function whyNot(instance: Instance, name: InstanceKey, there: Observation | undefined): string | null {
  if (there === undefined || there.outcome !== 'read') return there?.error ?? `${name} was not asked`;
  return isSameServer(instance, withObservation(newInstance(name), there))
    ? null
    : `another server answers there`;
}
