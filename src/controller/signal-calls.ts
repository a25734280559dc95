import { type HearingInput, hearing } from '../../workflows/hearing.ts';
import type { SignalNews, Teller } from '../engine/ports.ts';
import type { Chance, Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { makeUid } from '../kernel/uid.ts';
import type { LiveInventory } from './inventory.ts';
import type { Supervisor } from './supervisor.ts';

/** So many wait for their turn; what comes while they do is on the timeline, and calls nobody. */
const mostWaiting = 200;

/** Has SignalCommand run for what other systems tell, one call after the other, each a run of its own in the journal. */
export class SignalCalls {
  readonly #inventory: Pick<LiveInventory, 'clusterOf'>;
  readonly #supervisor: Pick<Supervisor, 'begin'>;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #teller: Teller;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: {
    inventory: Pick<LiveInventory, 'clusterOf'>;
    supervisor: Pick<Supervisor, 'begin'>;
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

  /** `instances` are those on the node. What concerns none calls nobody. */
  take(
    { from, node, at, because, standing, variables = {} }: SignalNews,
    instances: readonly InstanceKey[],
  ): void {
    const [first] = instances;
    const cluster = first === undefined ? null : this.#inventory.clusterOf(first);
    if (cluster === null) return;
    if (this.#waiting >= mostWaiting) {
      const full = `${mostWaiting} calls wait already`;
      this.#teller.warn(`SignalCommand is not run (${because}): ${full}`, { node });
      return;
    }
    this.#waiting += 1;
    const input: HearingInput = {
      cluster,
      instances,
      from,
      node,
      at,
      because,
      says: standing?.says ?? null,
      variables,
    };
    this.#last = this.#last
      .then(() => this.#call(input))
      .catch((error: unknown) =>
        this.#teller.warn(`SignalCommand could not be run: ${messageOf(error)}`, { node }),
      )
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  async #call(input: HearingInput): Promise<void> {
    const uid = `signal/${makeUid(this.#clock, this.#chance)}`;
    await (await this.#supervisor.begin(hearing, uid, input)).ended;
  }
}
