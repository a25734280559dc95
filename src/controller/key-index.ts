import type { InstanceKey } from '../kernel/instance-key.ts';

const nobody: ReadonlySet<InstanceKey> = new Set();

/** Which instances have something in common, by what it is. */
export class KeyIndex {
  readonly #keys = new Map<string, Set<InstanceKey>>();

  of(common: string | null): ReadonlySet<InstanceKey> {
    return (common === null ? undefined : this.#keys.get(common)) ?? nobody;
  }

  get all(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** `key` had `before` in common with others, and has `now`; null for nothing. */
  move(key: InstanceKey, before: string | null, now: string | null): void {
    if (before === now) return;
    if (before !== null) this.#remove(key, before);
    if (now === null) return;
    const keys = this.#keys.get(now) ?? new Set();
    this.#keys.set(now, keys.add(key));
  }

  #remove(key: InstanceKey, common: string): void {
    const keys = this.#keys.get(common);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(common);
  }
}
