import type { Finding } from '../analysis/finding.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';

/** A finding that has been there without a break. Lives in memory: a restart forgets suspicions. */
export interface Suspicion {
  since: number;
  readonly code: string;
  /** The run in which replicas were asked, where this is what they came to say; null where none were. */
  readonly askedIn: string | null;
  /** Something is under way about it. */
  busy: boolean;
  /** It was gone meanwhile, or nobody looked: its time begins anew should it come back. */
  isBroken: boolean;
  /** No detection before this moment, however the gates stand. */
  restUntil: number;
}

type Subject = Pick<Finding, 'instance' | 'treatment'>;

/** By the instance, then by what would be done about it: in a wide outage there are thousands. */
export class Suspicions {
  readonly #kept = new Map<InstanceKey, Map<Finding['treatment'], Suspicion>>();

  get({ instance, treatment }: Subject): Suspicion | null {
    return this.#kept.get(instance)?.get(treatment) ?? null;
  }

  add({ instance, treatment }: Subject, suspicion: Suspicion): void {
    const those = this.#kept.get(instance) ?? new Map<Finding['treatment'], Suspicion>();
    this.#kept.set(instance, those.set(treatment, suspicion));
  }

  /** What was held of these instances no longer counts towards any time. */
  break(instances: readonly InstanceKey[]): void {
    for (const instance of instances)
      for (const suspicion of this.#kept.get(instance)?.values() ?? []) suspicion.isBroken = true;
  }

  /** Gives up what is not found of an instance any more, and answers with it; one that is busy is only broken. */
  giveUp(instance: InstanceKey, isFound: (treatment: Finding['treatment']) => boolean): Suspicion[] {
    const those = this.#kept.get(instance);
    if (those === undefined) return [];
    const over: Suspicion[] = [];
    for (const [treatment, suspicion] of those) {
      if (isFound(treatment)) continue;
      if (suspicion.busy) suspicion.isBroken = true;
      else {
        those.delete(treatment);
        over.push(suspicion);
      }
    }
    if (those.size === 0) this.#kept.delete(instance);
    return over;
  }
}
