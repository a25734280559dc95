import type { Journal, Lease, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { LiveInventory } from '../inventory.ts';
import type { Asker } from '../requests/requests.ts';
import { Aliases } from './aliases.ts';
import { Candidates } from './candidates.ts';
import { Pools } from './pools.ts';
import { Snapshots } from './snapshots.ts';
import { Tags } from './tags.ts';
import { type Word, Words } from './words.ts';

/** Does what somebody asks for, once it stands in the journal that and why. Throws `not-leader`, and what `change` throws. */
export type Said = <Value>(
  what: Pick<Word, 'type' | 'instance' | 'says'> & Partial<Pick<Word, 'cluster'>>,
  asker: Asker,
  change: () => Promise<Value>,
) => Promise<Value>;

/** What people tell a controller to keep, beside what they forbid it (`Restraints`). Read by all, written by whoever leads. */
export class Kept {
  readonly words: Words;
  readonly tags: Tags;
  readonly candidates: Candidates;
  readonly pools: Pools;
  readonly aliases: Aliases;
  readonly snapshots: Snapshots;
  /** Tells the log of it too. */
  readonly said: Said;
  readonly record: Said;

  constructor(options: {
    journal: Journal;
    inventory: LiveInventory;
    clock: Clock;
    teller: Teller;
    lease: Lease;
    /** CandidateInstanceExpireMinutes and InstancePoolExpiryMinutes. */
    candidatesHoldMs: number;
    poolsHoldMs: number;
    /** SupportFuzzyPoolHostnames, and the port of a host that is named without one. */
    isFuzzy: boolean;
    defaultPort: number;
    /** Another promotion rule holds for an instance. */
    ruleChanged: (instance: InstanceKey) => void;
  }) {
    const { inventory, teller, candidatesHoldMs, poolsHoldMs, ruleChanged } = options;
    this.words = new Words(options);
    this.record = (what, { by, why }, change) => {
      const home = what.instance === null ? null : inventory.clusterOf(what.instance);
      const { cluster = home === null ? null : { id: home.id, alias: home.alias } } = what;
      return this.words.say({ ...what, cluster, by, why }, change);
    };
    const said: Said = async (what, asker, change) => {
      const value = await this.record(what, asker, change);
      const { instance, cluster, says } = what;
      const about = { ...(instance && { instance }), ...(cluster && { cluster: cluster.alias }) };
      teller.tell(`${asker.by}: ${says.replace(/\.$/, '')} (${asker.why})`, about);
      return value;
    };
    this.said = said;
    const tools = { ...options, said };
    this.tags = new Tags(tools);
    this.candidates = new Candidates({ ...tools, holdsMs: candidatesHoldMs, changed: ruleChanged });
    this.pools = new Pools({ ...tools, holdsMs: poolsHoldMs });
    this.aliases = new Aliases(tools);
    this.snapshots = new Snapshots(tools);
  }

  /** Takes in what was said before, in another life or to another controller. */
  async load(): Promise<void> {
    await Promise.all([this.tags, this.candidates, this.pools, this.aliases].map((one) => one.load()));
  }

  /** Lets go of what is over. */
  lift(now: number): void {
    this.candidates.lift(now);
    this.pools.lift(now);
  }

  /** A server is known by another of its addresses from now on; whoever follows reads that from the journal. */
  renamed(other: InstanceKey, name: InstanceKey): void {
    for (const one of [this.tags, this.candidates]) one.renamed(other, name).catch(() => {});
  }
}
