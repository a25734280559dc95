import type { Finding } from '../analysis/finding.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { LiveInventory } from './inventory.ts';

/** One instance is looked at for such a reason at most so often (orchestrator 3.2.6, section 2.6). */
const atMostEveryMs = 1_000;

/** Looks at once where a finding says that this may show what a poll would show in some seconds. */
export class Emergencies {
  readonly #lookedAt = new Map<InstanceKey, number>();
  readonly #inventory: LiveInventory;
  readonly #lookAgain: (key: InstanceKey) => void;

  constructor(inventory: LiveInventory, lookAgain: (key: InstanceKey) => void) {
    this.#inventory = inventory;
    this.#lookAgain = lookAgain;
  }

  /** `now` in milliseconds since 1970. */
  seeTo(finding: Finding, now: number): void {
    const key = this.#whomToLookAt(finding);
    if (key === null || finding.skippedForDowntime) return;
    if (now - (this.#lookedAt.get(key) ?? 0) < atMostEveryMs) return;
    this.#lookedAt.set(key, now);
    this.#lookAgain(key);
  }

  #whomToLookAt({ emergency, instance }: Finding): InstanceKey | null {
    if (emergency === 'look-again') return instance;
    if (emergency !== 'look-at-source') return null;
    return this.#inventory.find(instance)?.server?.replication?.source ?? null;
  }
}
