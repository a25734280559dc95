import type { InstanceKey } from '../../kernel/instance-key.ts';
import { Link } from '../../mysql/link.ts';

/** How long one write may take; under semi-sync it waits for a replica. */
const writeWithinMs = 15_000;
const retryEveryMs = 5;

/**
 * An application that writes one row after another to whichever server takes it, and remembers every
 * id that was acknowledged and when. Orders have growing ids, so a lost one leaves a hole.
 */
export class Writer {
  readonly #links: readonly Link[];
  readonly #acknowledged: { readonly id: number; readonly server: InstanceKey; readonly at: number }[] = [];
  #id = 0;
  #writing = true;
  #done: Promise<void> = Promise.resolve();

  constructor(servers: readonly InstanceKey[], account: { user: string; password: string }) {
    const access = { ...account, connectTimeoutMs: 1_000, tls: null };
    this.#links = servers.map((key) => new Link(key, access, { prepare: async () => {}, onLost: () => {} }));
  }

  /** Begins to write, to the first of the servers for as long as it answers. */
  start(): void {
    this.#done = this.#write();
  }

  /** Stops after the write that is under way. */
  async stop(): Promise<void> {
    this.#writing = false;
    await this.#done;
    for (const link of this.#links) link.close();
  }

  get acknowledged(): number {
    return this.#acknowledged.length;
  }

  /** Every write that was acknowledged, in its order: `at` in milliseconds since 1970. */
  get acknowledgements(): readonly {
    readonly id: number;
    readonly server: InstanceKey;
    readonly at: number;
  }[] {
    return this.#acknowledged;
  }

  /** How many writes this server acknowledged. */
  acknowledgedBy(server: InstanceKey): number {
    return this.#acknowledged.filter((one) => one.server === server).length;
  }

  /** The first write that another server than `server` acknowledged; null until there is one. */
  firstElsewhere(server: InstanceKey): { readonly server: InstanceKey; readonly at: number } | null {
    return this.#acknowledged.find((one) => one.server !== server) ?? null;
  }

  /** The longest time in milliseconds between two acknowledged writes since `from`, milliseconds since 1970. */
  longestGap(from: number): number {
    const since = this.#acknowledged.filter(({ at }) => at >= from);
    return since.reduce((longest, { at }, index) => Math.max(longest, at - (since[index - 1]?.at ?? at)), 0);
  }

  /** Ids acknowledged by `server` that are not among `present`. */
  missing(server: InstanceKey, present: ReadonlySet<number>): readonly number[] {
    return this.#acknowledged
      .filter((one) => one.server === server && !present.has(one.id))
      .map(({ id }) => id);
  }

  async #write(): Promise<void> {
    let turn = 0;
    while (this.#writing) {
      const link = this.#links[turn % this.#links.length];
      if (link === undefined) return;
      this.#id += 1;
      const id = this.#id;
      try {
        await link.ask(`INSERT INTO shop.orders (id, note) VALUES (${id}, 'order ${id}')`, writeWithinMs);
        this.#acknowledged.push({ id, server: link.key, at: Date.now() });
      } catch {
        // Refused or cut off: an application tries the next server, and its order has a new number.
        turn += 1;
        if (turn % this.#links.length === 0) await new Promise((resume) => setTimeout(resume, retryEveryMs));
      }
    }
  }
}

/** The order ids that a server has. */
export async function ordersOn(
  server: InstanceKey,
  account: { user: string; password: string },
): Promise<ReadonlySet<number>> {
  const access = { ...account, connectTimeoutMs: 1_000, tls: null };
  const link = new Link(server, access, { prepare: async () => {}, onLost: () => {} });
  try {
    const [rows = []] = await link.ask('SELECT id FROM shop.orders', writeWithinMs);
    return new Set(rows.map(({ id }) => Number(id)));
  } finally {
    link.close();
  }
}
