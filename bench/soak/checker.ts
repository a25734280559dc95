import { setTimeout as pause } from 'node:timers/promises';
import mysql, { type Connection } from 'mysql2/promise';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Account } from '../../src/sandbox/accounts.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Sample } from './spells.ts';

const sampleEveryMs = 20;
/** A frozen server says nothing, and its connection is given up. */
const answerWithinMs = 1_000;

/**
 * Asks every server, every 20 ms and over a connection of its own, whether it takes writes. It comes as Baton's own user,
 * whose connections Baton does not end. Sources are not asked for: a server that stops its
 * replication answers that only when it has stopped, and would say nothing meanwhile.
 */
export class Checker {
  readonly #samples: Sample[] = [];
  readonly #watching: readonly Promise<void>[];
  #on = true;

  constructor(sandbox: Sandbox) {
    const { topology } = sandbox.credentials;
    this.#watching = sandbox.members.map(({ key, port }) => this.#watch(key, { ...topology, port }));
  }

  /** Ends the sampling and gives everything that was heard. */
  async stop(): Promise<readonly Sample[]> {
    this.#on = false;
    await Promise.all(this.#watching);
    return this.#samples.toSorted((one, other) => one.asked - other.asked);
  }

  /** The last word of a server; null where it said nothing, or nothing yet. */
  lastOf(server: InstanceKey): boolean | null {
    return this.#samples.findLast((one) => one.server === server)?.writable ?? null;
  }

  /** Milliseconds from the first word after `since` that it takes writes to the next that it does not, or until now. */
  writableFor(server: InstanceKey, since: number): number {
    const said = this.#samples.filter((one) => one.server === server && one.asked >= since);
    const first = said.find(({ writable }) => writable === true);
    if (first === undefined) return 0;
    const over = said.find(({ asked, writable }) => asked > first.asked && writable === false);
    return (over?.answered ?? Date.now()) - first.answered;
  }

  async #watch(key: InstanceKey, account: Account & { readonly port: number }): Promise<void> {
    let connection: Connection | null = null;
    while (this.#on) {
      const asked = Date.now();
      try {
        connection ??= await connected(account);
        const writable = await inTime(takesWrites(connection));
        this.#samples.push({ server: key, asked, answered: Date.now(), writable });
      } catch {
        connection?.destroy();
        connection = null;
        this.#samples.push({ server: key, asked, answered: Date.now(), writable: null });
      }
      await pause(Math.max(1, asked + sampleEveryMs - Date.now()));
    }
    connection?.destroy();
  }
}

async function connected(account: Account & { readonly port: number }): Promise<Connection> {
  const connection = await mysql.createConnection({
    ...account,
    host: '127.0.0.1',
    connectTimeout: answerWithinMs,
  });
  // A killed server says so twice: to the question, and to the connection.
  connection.on('error', () => {});
  return connection;
}

async function takesWrites(connection: Connection): Promise<boolean> {
  const [rows] = await connection.query('SELECT @@global.read_only AS readOnly');
  const [row] = rows as { readOnly: number }[];
  return row?.readOnly === 0;
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = new AbortController();
  try {
    const cut = pause(answerWithinMs, undefined, { signal: late.signal }).then(() => {
      throw new Error(`no answer within ${answerWithinMs} ms`);
    });
    cut.catch(() => {});
    return await Promise.race([answer, cut]);
  } finally {
    late.abort();
    answer.catch(() => {});
  }
}
