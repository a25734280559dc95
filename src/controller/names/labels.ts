import { z } from 'zod';
import type { Config } from '../../config/keys.ts';
import type { Journal, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import { type InstanceKey, parseInstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, isCheckValid, type PromotionRule, promotionRules } from '../../topology/snapshot.ts';
import type { LiveInventory } from '../inventory.ts';
import { LabelQueries } from './label-queries.ts';
import { labelsByName, type ToldLabels } from './label-values.ts';
import { isLost } from '../../topology/lost.ts';

/** How long what a server said is held to be true. */
const everyMs = 60_000;
/** How long a start waits for what the servers say, so that filters and hooks know it from the first moment. */
const firstMs = 3_000;

const room = 'labels';
const Kept = z.object({
  alias: z.string(),
  dataCenter: z.string(),
  region: z.string(),
  environment: z.string(),
  promotionRule: z.enum(promotionRules).nullable(),
  // What an older build kept does not say.
  semiSyncPriority: z.number().nullable().default(null),
});

/** Where an instance's labels stand. */
interface State {
  labels: ToldLabels;
  /** On the monotonic clock; null where it must be asked as soon as it answers. */
  askedAt: number | null;
  /** It led its cluster when it was asked. */
  led: boolean;
  /** While it is being asked. */
  asking: Promise<void> | null;
}

/**
 * The names that operators give to instances and clusters by queries of their own (DetectInstanceAliasQuery
 * and its like; orchestrator 3.2.6, section 7 rows 15-16): asked after an instance was first read, once a
 * minute, and when it is there again or leads anew. Never in a look, so none can hold one up or spoil it.
 * What was once said holds until something else is, be the instance dead or the controller another.
 */
export class Labels {
  readonly #states = new Map<InstanceKey, State>();
  readonly #kept = new Map<InstanceKey, ToldLabels>();
  readonly #clusterAliases = new Map<string, string>();
  readonly #config: Config;
  readonly #inventory: LiveInventory;
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #signal: AbortSignal;
  readonly #queries: LabelQueries;
  readonly #registered: (key: InstanceKey) => PromotionRule | null;

  constructor(options: {
    config: Config;
    inventory: LiveInventory;
    journal: Journal;
    clock: Clock;
    teller: Teller;
    /** The first column of the first row that a query brings; null for none. */
    value: (key: InstanceKey, query: string, timeoutMs: number) => Promise<string | null>;
    signal: AbortSignal;
    /** The promotion rule that somebody has registered; it holds where no query says another. */
    registered: (key: InstanceKey) => PromotionRule | null;
  }) {
    const { config } = options;
    this.#config = config;
    this.#inventory = options.inventory;
    this.#journal = options.journal;
    this.#clock = options.clock;
    this.#teller = options.teller;
    this.#signal = options.signal;
    this.#queries = new LabelQueries(options);
    this.#registered = options.registered;
  }

  /** Takes in what an earlier life of the controller was told, so that it is known of dead servers too. */
  async load(): Promise<void> {
    for (const [name, value] of await this.#journal.kept(room)) {
      const key = parseInstanceKey(name);
      const kept = Kept.safeParse(value);
      if (key !== null && kept.success) this.#kept.set(key, kept.data);
    }
    for (const key of this.#inventory.keys) this.#stateOf(key);
  }

  /** These have just been looked at. */
  learned(keys: readonly InstanceKey[]): void {
    for (const key of keys) {
      const instance = this.#inventory.find(key);
      if (instance === null) this.#states.delete(key);
      else this.#consider(instance);
    }
  }

  /** Another promotion rule is registered for it, or none any more. */
  registeredAnew(key: InstanceKey): void {
    const state = this.#states.get(key);
    if (state !== undefined) this.#label(key, state.labels);
  }

  /** Waits, for a while, until all who are being asked have answered. */
  async settled(): Promise<void> {
    const asking = [...this.#states.values()].flatMap((state) => state.asking ?? []);
    if (asking.length === 0) return;
    await Promise.race([Promise.all(asking), this.#clock.sleep(firstMs, this.#signal).catch(() => {})]);
  }

  /** The alias that the primary of this name gave its cluster; null where it was not asked or has none. */
  clusterAlias(name: string): string | null {
    return this.#clusterAliases.get(name) ?? null;
  }

  #consider(instance: Instance): void {
    const state = this.#stateOf(instance.key);
    if (!this.#queries.areAny || state.asking !== null) return;
    if (!isCheckValid(instance)) {
      state.askedAt = null;
      return;
    }
    const { askedAt } = state;
    const leads = this.#leads(instance);
    if (askedAt !== null && this.#clock.monotonic() - askedAt < everyMs && (state.led || !leads)) return;
    state.askedAt = this.#clock.monotonic();
    state.led = leads;
    state.asking = this.#ask(instance.key, state).finally(() => {
      state.asking = null;
    });
  }

  #stateOf(key: InstanceKey): State {
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const byName = labelsByName(this.#config, key);
    const labels = { ...byName, ...this.#queries.stillAsked(this.#kept.get(key) ?? byName) };
    const state: State = { labels, askedAt: null, led: false, asking: null };
    this.#states.set(key, state);
    this.#label(key, labels);
    return state;
  }

  #label(key: InstanceKey, labels: ToldLabels): void {
    const promotionRule = labels.promotionRule ?? this.#registered(key) ?? 'neutral';
    this.#inventory.label(key, { ...labels, promotionRule });
  }

  /** Its cluster is named for it, and no recovery has put another in its place. */
  #leads(instance: Instance): boolean {
    return this.#inventory.clusterOf(instance.key)?.name === instance.key && !isLost(instance);
  }

  async #ask(key: InstanceKey, state: State): Promise<void> {
    const said = await this.#queries.ofInstance(key);
    await this.#askForCluster(key, state);
    const labels = Kept.parse({ ...state.labels, ...said });
    if (JSON.stringify(labels) === JSON.stringify(state.labels)) return;
    state.labels = labels;
    this.#label(key, labels);
    await this.#journal
      .keep(room, key, labels)
      .catch((error: unknown) =>
        this.#teller.warn(`the labels of ${key} could not be kept: ${messageOf(error)}`, { instance: key }),
      );
  }

  async #askForCluster(key: InstanceKey, { led }: State): Promise<void> {
    if (!led) return;
    const { alias, domain } = await this.#queries.ofCluster(key);
    const cluster = this.#inventory.clusterOf(key);
    // Another may have come to lead it while this one was asked.
    if (cluster === null || cluster.name !== key) return;
    if (alias === '') this.#clusterAliases.delete(key);
    else if (alias !== null) this.#clusterAliases.set(key, alias);
    this.#inventory.nameCluster(cluster.id, { alias: alias || null, domain: domain || null });
  }
}
