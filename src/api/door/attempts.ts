/** So many wrong passwords or tokens are taken from one address within a minute. */
const most = 10;
const withinMs = 60_000;
/** So many addresses are remembered; whoever has more of them can guess from each anew. */
const mostAddresses = 10_000;

/** Counts wrong passwords and tokens by where they come from, so that nobody can try many. */
export class Attempts {
  readonly #now: () => number;
  readonly #failures = new Map<string, { count: number; since: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** How long this address is not heard, in milliseconds; 0 where it is. */
  waitMs(address: string): number {
    const failures = this.#failures.get(address);
    if (failures === undefined) return 0;
    const leftMs = failures.since + withinMs - this.#now();
    if (leftMs <= 0) {
      this.#failures.delete(address);
      return 0;
    }
    return failures.count < most ? 0 : leftMs;
  }

  /** True for the one after which the address is heard no more. */
  failed(address: string): boolean {
    this.waitMs(address);
    const failures = this.#failures.get(address) ?? { count: 0, since: this.#now() };
    failures.count += 1;
    this.#failures.delete(address);
    this.#failures.set(address, failures);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > mostAddresses && oldest !== undefined) this.#failures.delete(oldest);
    return failures.count === most;
  }
}
