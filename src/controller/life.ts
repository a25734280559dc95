import { ownVote } from '../analysis/verdict.ts';
import type { FoundDead, Term } from '../engine/ports.ts';
import { Stopping } from '../engine/stopping.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { Turns } from '../kernel/turns.ts';
import type { Observing } from './observing.ts';
import { follow, lead, leadWith, look, type Part } from './part.ts';
import type { ControllerPorts } from './ports.ts';

/** The ports that a configuration makes. */
export type Renewal = Pick<ControllerPorts, 'config' | 'hooks' | 'connect'>;

/** How long a controller rests that could not become what it should be. */
const restMs = 1_000;

/** A controller’s life: it leads and follows by turns, a part at a time, until it is stopped (decision 0021). */
export class Life {
  readonly #turns = new Turns();
  readonly #stopping: AbortController;
  #ports: ControllerPorts;
  #part: Part;

  private constructor(ports: ControllerPorts, part: Part, stopping: AbortController) {
    this.#ports = ports;
    this.#part = part;
    this.#stopping = stopping;
  }

  /** Resolves when the first look around is done. Throws what `observe` throws. */
  static async begin(ports: ControllerPorts): Promise<Life> {
    const { leadership, teller, colleagues } = ports;
    const stopping = new AbortController();
    const { signal } = stopping;
    const first = await leadership.stand();
    const begin = first === null ? follow(ports, signal) : lead(ports, first, signal);
    const part = await begin.catch((error: unknown) => {
      stopping.abort(error);
      throw error;
    });
    const life = new Life(ports, part, stopping);
    if (first === null)
      teller.tell(
        `${leadership.leader()?.name ?? 'another controller'} leads, and this controller follows`,
        {},
      );
    void life.#live(first);
    void colleagues.exchange(() => life.#foundDead(), signal);
    return life;
  }

  /** What it is now. */
  get part(): Part {
    return this.#part;
  }

  /**
   * Goes on with another configuration once nothing is under way, so that a recovery ends with the lists and settings
   * that it was begun with. Resolves when it does; rejects, and goes on as it was, where it cannot look around with it.
   */
  renew(changed: Renewal): Promise<void> {
    return this.#inTurn(() => this.#renew(changed));
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Stopping('the controller is being stopped'));
    const ended = this.#part.end().catch((error: unknown) => {
      if (!isWithoutRight(error)) throw error;
    });
    await ended.finally(() => this.#ports.leadership.close());
  }

  /** Leads and follows by turns until the controller is stopped. */
  async #live(begun: Term | null): Promise<void> {
    const { leadership, teller, clock } = this.#ports;
    const { signal } = this.#stopping;
    for (let term = begun; !signal.aborted; ) {
      try {
        if (term !== null) {
          await untilOver(term, signal);
          teller.warn(
            `this controller leads no more and does nothing more: ${messageOf(term.over.reason)}`,
            {},
          );
          // Without etcd it cannot even follow, and goes on watching as it is.
          term = null;
          await this.#become(() => this.#follow()).catch((error: unknown) =>
            teller.warn(`what the leader knows cannot be read: ${messageOf(error)}`, {}),
          );
        }
        const next = await leadership.lead(signal);
        teller.tell('this controller leads from now on', {});
        await this.#become(() => lead(this.#ports, next, signal));
        term = next;
      } catch (error) {
        if (signal.aborted) return;
        teller.warn(`this controller goes on as it was, for it could not change: ${messageOf(error)}`, {});
        await clock.sleep(restMs, signal).catch(() => {});
      }
    }
  }

  /** What this controller finds dead by its own looks. */
  #foundDead(): readonly FoundDead[] {
    const { clock, hostname } = this.#ports;
    const now = clock.now();
    return this.#part.observing.inventory.instances.flatMap((instance) => {
      const { says, because, ageMs } = ownVote(instance, hostname, now);
      return says === 'dead' ? [{ instance: instance.key, because, ageMs: ageMs ?? 0 }] : [];
    });
  }

  /** The new part looks around before the old one ends, so that whoever asks is answered all the time. */
  #become(begin: () => Promise<Part>): Promise<void> {
    return this.#inTurn(async () => {
      await this.#replace(await begin()).catch((error: unknown) => {
        if (!isWithoutRight(error)) throw error;
      });
    });
  }

  async #replace(next: Part): Promise<void> {
    const before = this.#part;
    this.#part = next;
    await before.end();
  }

  /** One change of parts after another. */
  #inTurn<Value>(change: () => Promise<Value>): Promise<Value> {
    return this.#turns.take('part', change);
  }

  #follow(): Promise<Part> {
    return follow(this.#ports, this.#stopping.signal);
  }

  /** Runs go on to their ends, and those that are begun meanwhile too; between them the new part takes over. */
  async #renew(changed: Renewal): Promise<void> {
    const before = this.#ports;
    this.#ports = { ...before, ...changed };
    try {
      while (!(await this.#isRenewed())) await this.#part.acting?.idle();
    } catch (error) {
      this.#ports = before;
      throw error;
    }
  }

  /** False where something is under way by now. */
  async #isRenewed(): Promise<boolean> {
    const { teller } = this.#ports;
    const { acting, term, observing } = this.#part;
    const { signal } = this.#stopping;
    signal.throwIfAborted();
    if (acting === null || term === null || term.over.aborted) {
      await this.#replace(await this.#follow());
      return true;
    }
    if (acting.underWay().length > 0) return false;
    const looking = await look(this.#ports, signal, term.lease);
    if (acting.underWay().length > 0 || term.over.aborted) {
      looking.ending.abort(new Stopping('something is under way by now'));
      await looking.observing.stop();
      return false;
    }
    // Hooks that nobody waits for are left to the new part.
    const ended = this.#part.end(new Stopping('this controller goes on with another configuration'));
    this.#part = await this.#leadAgain(term, async () => {
      await ended.catch((error: unknown) => teller.warn(messageOf(error), {}));
      await succeed(looking.observing, observing);
      const unfinished = await this.#ports.journal.unfinished();
      return leadWith(looking, this.#ports, { ...term, unfinished });
    });
    return true;
  }

  /** The old part has ended, so that there must be a new one. */
  async #leadAgain(term: Term, begin: () => Promise<Part>): Promise<Part> {
    const { teller, clock } = this.#ports;
    const { signal } = this.#stopping;
    try {
      return await begin();
    } catch (error) {
      signal.throwIfAborted();
      if (term.over.aborted) return this.#follow();
      teller.warn(`this controller does nothing until it can begin anew: ${messageOf(error)}`, {});
      await clock.sleep(restMs, signal);
      return this.#leadAgain(term, () => lead(this.#ports, term, signal));
    }
  }
}

/** What people said to the old part while the new one looked around. */
async function succeed(next: Observing, before: Observing): Promise<void> {
  await next.inventory.loadNew();
  await next.restraints.load();
  await next.kept.load();
  for (const { key, downtime } of before.inventory.instances)
    if (JSON.stringify(next.inventory.find(key)?.downtime) !== JSON.stringify(downtime))
      next.inventory.setDowntime(key, downtime);
}

/** Rejects with the signal's reason where that comes first. */
function untilOver({ over }: Term, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (over.aborted) return resolve();
    over.addEventListener('abort', () => resolve(), { once: true });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** What could not be written because another leads by now is the other's to write. */
function isWithoutRight(error: unknown): boolean {
  return error instanceof BatonError && (error.code === 'lease-lost' || error.code === 'not-leader');
}
