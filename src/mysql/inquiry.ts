import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Access } from './access.ts';
import { type AskNow, Link, type Rows } from './link.ts';

/** How long the server itself lets a query of the operator's run, and wait for a lock. */
const mostSeconds = 1;

/**
 * The operator's own queries at one server, over a connection of their own: what they change of a session,
 * how long they run and how they fail is nothing that looking at the server depends on. The server ends one
 * that takes too long, so none is left running there.
 */
export class Inquiry {
  readonly #link: Link;

  constructor(key: InstanceKey, access: Access) {
    this.#link = new Link(key, access, { prepare: bounded, onLost: () => {} });
  }

  /** The first column of the first row; null for NULL and for no row. Throws what the server said. */
  async value(query: string, timeoutMs: number): Promise<string | null> {
    const row = await this.row(query, timeoutMs);
    const value = Object.values(row ?? {})[0] ?? null;
    if (Buffer.isBuffer(value)) return value.toString('utf8');
    return value === null ? null : `${value as string | number | bigint}`;
  }

  /** The first row; null for none. Throws what the server said. */
  async row(query: string, timeoutMs: number): Promise<Rows[number] | null> {
    return (await this.rows(query, timeoutMs))[0] ?? null;
  }

  /** Throws what the server said. */
  async rows(query: string, timeoutMs: number): Promise<Rows> {
    const [rows = []] = await this.#link.ask(query, timeoutMs);
    return rows;
  }

  close(): void {
    this.#link.close();
  }
}

async function bounded(ask: AskNow): Promise<void> {
  const [rows] = await ask('SELECT VERSION() version');
  const limit = String(rows?.[0]?.['version']).includes('MariaDB')
    ? `max_statement_time = ${mostSeconds}`
    : `max_execution_time = ${mostSeconds * 1_000}`;
  await ask(`SET SESSION ${limit}, SESSION lock_wait_timeout = ${mostSeconds}`);
}
