import type { Request } from '../../workflows/request.ts';
import type { ReturnInput } from '../../workflows/returning.ts';
import { returning } from '../../workflows/returning.ts';
import type { Teller } from '../engine/ports.ts';
import type { Chance, Clock } from '../kernel/clock.ts';
import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { makeUid } from '../kernel/uid.ts';
import { returnUid } from '../steps/hook-facts.ts';
import { whySetApart } from '../steps/returning/set-apart.ts';
import { type Instance, isCheckValid } from '../topology/snapshot.ts';
import type { LiveInventory } from './inventory.ts';
import type { Supervisor } from './supervisor.ts';

/** How long one that would not be silenced, and takes writes still, is left before it is tried again. */
const restMs = 30_000;

/** How a replaced primary was last dealt with. */
interface Dealt {
  /** Null while it is being dealt with. */
  readonly end: { readonly state: string; readonly at: number } | null;
  /** What a person, and the cluster, said of it then; a change is a new beginning. */
  readonly standing: string;
}

/**
 * Deals with replaced primaries that answer again, once each time that one does, and whenever one takes writes.
 * It looks at what has just been learned, whatever else is going on in the cluster.
 */
export class Returns {
  readonly #dealt = new Map<InstanceKey, Dealt>();
  readonly #inventory: LiveInventory;
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #teller: Teller;

  constructor(options: {
    inventory: LiveInventory;
    supervisor: Supervisor;
    clock: Clock;
    chance: Chance;
    teller: Teller;
  }) {
    this.#inventory = options.inventory;
    this.#supervisor = options.supervisor;
    this.#clock = options.clock;
    this.#chance = options.chance;
    this.#teller = options.teller;
  }

  /** These have just been looked at. */
  notice(keys: readonly InstanceKey[]): void {
    const replaced = new Set(this.#inventory.replaced);
    for (const key of this.#dealt.keys()) if (!replaced.has(key)) this.#dealt.delete(key);
    for (const key of keys) {
      const instance = replaced.has(key) ? this.#inventory.find(key) : null;
      if (instance !== null) this.#consider(instance);
    }
  }

  /** A person wants a replaced primary back. Gives the uid of the run. Throws `rejoin-refused`. */
  async ask(
    instance: InstanceKey,
    { request, rebuilds }: { request: Request; rebuilds: boolean },
  ): Promise<string> {
    const known = this.#inventory.find(instance);
    if (known === null || known.replaced === null)
      throw new BatonError('rejoin-refused', `${instance} was not replaced as the primary of a cluster`);
    if (this.#supervisor.isReturning(instance))
      throw new BatonError('rejoin-refused', `${instance} is being dealt with at this moment`);
    return (await this.#begin(known, { request, rebuilds })).uid;
  }

  #consider(instance: Instance): void {
    const { key, server, checks } = instance;
    if (!isCheckValid(instance) || server === null) {
      // One that answers anything has not gone away.
      if (checks.echo !== 'answered') this.#dealt.delete(key);
      return;
    }
    // A read-only one can wait: somebody, or the run that acts on its cluster, may be about to make it follow.
    if (server.readOnly && (server.replication !== null || this.#isActedUpon(key))) return;
    if (this.#isDealtWith(instance, server.readOnly) || this.#supervisor.isReturning(key)) return;
    this.#begin(instance, { request: null, rebuilds: false }).catch((error: unknown) => {
      this.#dealt.delete(key);
      this.#teller.warn(`${key} is back and could not be dealt with: ${String(error)}`, { instance: key });
    });
  }

  #isActedUpon(key: InstanceKey): boolean {
    const cluster = this.#inventory.clusterOf(key);
    return cluster !== null && this.#supervisor.isActing(cluster.id);
  }

  #isDealtWith(instance: Instance, readOnly: boolean): boolean {
    const dealt = this.#dealt.get(instance.key);
    if (dealt === undefined || dealt.standing !== this.#standingOf(instance)) return false;
    if (dealt.end === null || readOnly || dealt.end.state === 'leftAlone') return true;
    if (instance.checks.seenAt - dealt.end.at <= 0) return true;
    return dealt.end.state === 'notSilenced' && this.#clock.now() - dealt.end.at < restMs;
  }

  async #begin(instance: Instance, wish: Pick<ReturnInput, 'request' | 'rebuilds'>) {
    const { key, replaced } = instance;
    const cluster = this.#inventory.clusterOf(key);
    const successor = this.#inventory.successorOf(key);
    if (cluster === null || successor === null || replaced === null)
      throw new BatonError('rejoin-refused', `${key} was not replaced as the primary of a cluster`);
    const standing = this.#standingOf(instance);
    this.#dealt.set(key, { end: null, standing });
    const uid = returnUid(makeUid(this.#clock, this.#chance));
    if (wish.request === null)
      this.#teller.warn(`${key}, which ${successor} has replaced as the primary, is back`, {
        cluster: cluster.alias,
        instance: key,
      });
    const input: ReturnInput = { instance: key, cluster, successor, recovery: replaced.recovery, ...wish };
    const { ended } = await this.#supervisor.begin(returning, uid, input);
    void ended.then((end) =>
      this.#dealt.set(key, { end: { state: end?.state ?? '', at: this.#clock.now() }, standing }),
    );
    return { uid };
  }

  #standingOf(instance: Instance): string {
    const apart = whySetApart(instance, this.#clock.now());
    return `${this.#inventory.successorOf(instance.key)} ${apart ?? ''}`;
  }
}
