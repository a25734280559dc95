import { setImmediate, setTimeout as pause } from 'node:timers/promises';
import mysql, { type Connection } from 'mysql2/promise';
import { applicationGroup, asGroup } from './truth-network.ts';

const retryEveryMs = 20;
const writeEveryMs = 20;

/** An application that writes row after row to one server, and connects again whenever it is cut off. */
export class TruthWriter {
  readonly #port: number;
  readonly #account: { user: string; password: string };
  #acknowledgedAt = Date.now();
  #longestMs = 0;
  #id = 0;
  #isWriting = true;
  #done: Promise<void> = Promise.resolve();

  constructor(port: number, account: { user: string; password: string }) {
    this.#port = port;
    this.#account = account;
  }

  start(): void {
    this.#done = this.#live();
  }

  async stop(): Promise<void> {
    this.#isWriting = false;
    await this.#done;
  }

  /** Forgets what was before; the longest time between two writes counts from here. */
  begin(): void {
    this.#longestMs = 0;
    this.#acknowledgedAt = Date.now();
  }

  /** The longest time without an acknowledged write since `begin`. */
  get longestMs(): number {
    return Math.max(this.#longestMs, Date.now() - this.#acknowledgedAt);
  }

  async #live(): Promise<void> {
    while (this.#isWriting) {
      await this.#write().catch(() => {});
      await pause(retryEveryMs);
    }
  }

  async #write(): Promise<void> {
    const connection = await this.#connect();
    try {
      while (this.#isWriting) {
        this.#id += 1;
        await connection.query({
          sql: `INSERT INTO shop.orders (id, note) VALUES (${this.#id}, '')`,
          timeout: 5_000,
        });
        const now = Date.now();
        this.#longestMs = Math.max(this.#longestMs, now - this.#acknowledgedAt);
        this.#acknowledgedAt = now;
        await pause(writeEveryMs);
      }
    } finally {
      connection.destroy();
    }
  }

  async #connect(): Promise<Connection> {
    const how = { ...this.#account, host: '127.0.0.1', port: this.#port, connectTimeout: 1_000 };
    const { made } = await asGroup(applicationGroup, async () => {
      const connecting = mysql.createConnection(how);
      connecting.catch(() => {});
      // Its socket is made in the next turn.
      await setImmediate();
      return { made: connecting };
    });
    const connection = await made;
    connection.on('error', () => {});
    return connection;
  }
}
