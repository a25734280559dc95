import { z } from 'zod';
import { type Finding, Treatment } from '../analysis/finding.ts';
import type { Journal, Teller } from '../engine/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { shortUid } from '../kernel/uid.ts';

const room = 'cancelled';

/** The run that a person has cancelled, and the kind of failure that it was to recover. */
const Cancelled = z.object({ uid: z.string(), treatment: Treatment });
type Cancelled = z.infer<typeof Cancelled>;

/**
 * Failures whose recovery a person has cancelled, by the failed instance. Each is left alone until a person says
 * otherwise or it is over: its next time is another failure. It outlives the controller.
 */
export class CancelledFailures {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #kept = new Map<InstanceKey, Cancelled>();

  constructor({ journal, clock, teller }: { journal: Journal; clock: Clock; teller: Teller }) {
    this.#journal = journal;
    this.#clock = clock;
    this.#teller = teller;
  }

  async load(): Promise<void> {
    for (const [name, value] of await this.#journal.kept(room)) {
      const known = Cancelled.safeParse(value);
      if (known.success) this.#kept.set(name as InstanceKey, known.data);
    }
  }

  async keep({ instance, treatment }: Pick<Finding, 'instance' | 'treatment'>, uid: string): Promise<void> {
    this.#kept.set(instance, { uid, treatment });
    await this.#journal.keep(room, instance, { uid, treatment });
  }

  /** The instance answers, and so much is found of it: a cancelled failure that is not among it holds nothing back any more. */
  async release(instance: InstanceKey, found: readonly Finding[]): Promise<void> {
    const cancelled = this.#kept.get(instance);
    if (cancelled === undefined) return;
    const { uid, treatment } = cancelled;
    if (found.some((one) => one.instance === instance && one.treatment === treatment)) return;
    this.#kept.delete(instance);
    await this.#journal.acknowledge(uid, 'baton', 'the failure is over', this.#clock.now());
    await this.#journal.drop(room, instance);
    this.#teller.tell(
      `the failure of ${instance} whose recovery ${shortUid(uid)} was cancelled is over; the next one is recovered again`,
      { instance },
    );
  }
}
