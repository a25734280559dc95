/** So many changes are taken from one address within ten seconds: more than a thousand hosts that register themselves each minute. */
const most = 500;
const withinMs = 10_000;
/** So many addresses are remembered. */
const mostAddresses = 10_000;

/** Counts changes by where they come from: each is written to the disk, and a script that runs wild would fill it. */
export class Pace {
  readonly #now: () => number;
  readonly #taken = new Map<string, { count: number; since: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one more, and gives 0; or gives how long none is taken from this address, in milliseconds. */
  take(address: string): number {
    const now = this.#now();
    const known = this.#taken.get(address);
    const taken = known === undefined || now - known.since >= withinMs ? { count: 0, since: now } : known;
    if (taken.count >= most) return taken.since + withinMs - now;
    taken.count += 1;
    this.#taken.delete(address);
    this.#taken.set(address, taken);
    const [oldest] = this.#taken.keys();
    if (this.#taken.size > mostAddresses && oldest !== undefined) this.#taken.delete(oldest);
    return 0;
  }
}
