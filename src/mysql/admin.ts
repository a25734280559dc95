import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { Link, type Rows } from './link.ts';

/** A connection to a ProxySQL's administration, which speaks MySQL's protocol; made when it is needed. */
export class Admin {
  readonly #link: Link;
  readonly #timeoutMs: number;

  constructor(options: { address: InstanceKey; user: string; password: string; timeoutMs: number }) {
    const { address, user, password, timeoutMs } = options;
    this.#timeoutMs = timeoutMs;
    this.#link = new Link(
      address,
      { user, password, connectTimeoutMs: timeoutMs, tls: null },
      { prepare: async () => {}, onLost: () => {} },
    );
  }

  /** The rows of one statement's answer. Throws what the administration said. */
  async ask(statement: string): Promise<Rows> {
    const [rows] = await this.#link.ask(statement, this.#timeoutMs);
    if (rows === undefined)
      throw new BatonError('answer-unreadable', `${this.#link.key} answered a statement with nothing`);
    return rows;
  }

  close(): void {
    this.#link.close();
  }
}
