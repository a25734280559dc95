import type { Finding } from '../analysis/finding.ts';
import type { Clock } from '../kernel/clock.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { LiveInventory } from './inventory.ts';
import type { Supervisor } from './supervisor.ts';

/** Replicas of one source are asked again so much later at first, then twice that, at most so much. */
const againMs = 30_000;
const againAtMostMs = 600_000;

/** Replicas of a silent source that are being asked: since when, and in which run. */
interface Inquiry {
  readonly since: number;
  readonly uid: string;
}

/** Has the replicas of silent sources asked whether they can reach them, and not too often. */
export class Asking {
  readonly #underWay = new Map<InstanceKey, Inquiry>();
  /** By the source, whatever it was found to be meanwhile: replicas that come and go are what asking them may bring. */
  readonly #pace = new Map<InstanceKey, { readonly notBefore: number; readonly thenMs: number }>();
  readonly #inventory: LiveInventory;
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;

  constructor(world: { inventory: LiveInventory; supervisor: Supervisor; clock: Clock }) {
    this.#inventory = world.inventory;
    this.#supervisor = world.supervisor;
    this.#clock = world.clock;
  }

  /**
   * Replicas are asked about a source that fell silent over a connection that had served, or that this life of the
   * controller never heard. Where only new connections get no answer, theirs may serve, and to give it up would
   * be to cut them off; and an end that was plain they have heard of themselves.
   */
  isDue({ emergency, instance }: Finding, now: number): boolean {
    const checks = this.#inventory.find(instance)?.checks;
    if (emergency !== 'ask-replicas' || checks?.echo !== 'silent') return false;
    return (checks.fellSilent || checks.heardAt === 0) && now >= (this.#pace.get(instance)?.notBefore ?? 0);
  }

  /** Null where none is asked about it at this moment. */
  underWay(instance: InstanceKey): Inquiry | null {
    return this.#underWay.get(instance) ?? null;
  }

  /** Resolves when they have said it: whether none can reach the instance. Throws where they could not be asked. */
  async ask(finding: Finding, cluster: Cluster): Promise<boolean> {
    const { instance } = finding;
    // Until now it may have been silent to nobody but us.
    const since = this.#clock.now();
    const { uid, isLost } = await this.#supervisor.suspect({ finding, cluster });
    this.#underWay.set(instance, { since, uid });
    try {
      return await isLost;
    } finally {
      this.#underWay.delete(instance);
      const thenMs = this.#pace.get(instance)?.thenMs ?? againMs;
      this.#pace.set(instance, {
        notBefore: this.#clock.now() + thenMs,
        thenMs: Math.min(2 * thenMs, againAtMostMs),
      });
    }
  }

  /** It answers: its next silence is a new one. */
  forget(instance: InstanceKey): void {
    this.#pace.delete(instance);
  }
}
