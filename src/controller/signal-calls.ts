import { type HearingInput, hearing } from '../../workflows/hearing.ts';
import type { Opening, SignalNews, Teller } from '../engine/ports.ts';
import type { Chance, Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { makeUid } from '../kernel/uid.ts';
import type { LiveInventory } from './inventory.ts';
import type { Supervisor } from './supervisor.ts';

/** So many wait for their turn; what comes while they do is on the timeline, and calls nobody. */
const mostWaiting = 200;

/**
 * Has SignalCommand run for what other systems tell, each call a run of its own. It is in the journal as soon as it was told, so that
 * whoever leads next makes the calls that waited; they are made one after the other.
 */
export class SignalCalls {
  readonly #inventory: Pick<LiveInventory, 'clusterOf'>;
  readonly #supervisor: Pick<Supervisor, 'open' | 'follow'>;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #teller: Teller;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: {
    inventory: Pick<LiveInventory, 'clusterOf'>;
    supervisor: Pick<Supervisor, 'open' | 'follow'>;
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

  /**
   * `instances` are those on the node. What concerns none calls nobody. Resolves with whether nothing is owed but what the journal
   * has; never rejects.
   */
  async take(news: SignalNews, instances: readonly InstanceKey[]): Promise<boolean> {
    const [first] = instances;
    const cluster = first === undefined ? null : this.#inventory.clusterOf(first);
    if (cluster === null) return true;
    const { from, node, at, because, standing, variables = {} } = news;
    if (this.#waiting >= mostWaiting) {
      const full = `${mostWaiting} calls wait already`;
      this.#teller.warn(`SignalCommand is not run (${because}): ${full}`, { node });
      return true;
    }
    const says = standing?.says ?? null;
    const input: HearingInput = { cluster, instances, from, node, at, because, says, variables };
    this.#waiting += 1;
    const opened = this.#supervisor.open(hearing, this.#uidOf(news), input);
    this.#queue(opened);
    return opened.then(
      () => true,
      (error: unknown) => {
        const why = messageOf(error);
        this.#teller.warn(`SignalCommand could not be run (${because}): ${why}`, { node });
        return false;
      },
    );
  }

  /** Goes on with the calls that an earlier life left, before any that come. */
  resume(openings: readonly Opening[]): void {
    this.#waiting += openings.length;
    for (const opening of openings) this.#queue(Promise.resolve(opening));
  }

  /** A call whose opening failed has nothing to follow. */
  #queue(opened: Promise<Opening>): void {
    const before = this.#last;
    this.#last = opened
      .then(async (opening) => {
        await before;
        await this.#supervisor.follow(opening);
      })
      .catch(() => before)
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  #uidOf({ identity }: SignalNews): string {
    return `signal/${identity === undefined ? makeUid(this.#clock, this.#chance) : `0:${identity}`}`;
  }
}
