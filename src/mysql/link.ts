import type { Socket } from 'node:net';
import mysql, { type Connection } from 'mysql2';
import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { type Access, closedConnection, connectionOptions, explained, isServersWord } from './access.ts';

/** What one answer may bring: more comes from no server that means well, and would fill Baton's memory. */
const mostBytes = 64 * 1024 * 1024;
const mostRows = 100_000;
/** How often the bytes of an answer that does not end are counted. */
const countEveryMs = 20;
/** So many times the time of a question may pass until a new connection has answered its first, while the server goes on. */
const mostTimes = 5;

/** Rows of one statement, columns by name. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/**
 * One connection to one server, made when first needed and again after it is lost. Questions are
 * asked one after another; each has its own deadline, from when it was asked, after which the connection is thrown away,
 * for a server that is late with one answer would give it to the next question. A new connection takes six round trips
 * and more before its first answer, so there each sign of the server's gives it that time anew: one that is far away is
 * not silent.
 */
export class Link {
  readonly key: InstanceKey;
  readonly #access: Access;
  readonly #onLost: () => void;
  readonly #prepare: Prepare;
  #connection: Connection | null = null;
  #established: Connection | null = null;
  /** The socket of the newest connection, and what those before it had brought. */
  #socket: { readonly bytesRead: number; readonly connecting: boolean } | null = null;
  #heardBefore = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  /**
   * `prepare` is done on every new connection before its first question; `onLost` is called when an
   * established connection ends without our doing.
   */
  constructor(key: InstanceKey, access: Access, life: { prepare: Prepare; onLost: () => void }) {
    this.key = key;
    this.#access = access;
    this.#prepare = life.prepare;
    this.#onLost = life.onLost;
  }

  /**
   * Asks one or more statements in one round trip. Throws BatonError `host-unknown`, `access-denied`,
   * `server-unreachable`, or what the server said to a statement. `mustBeAllowed` throws where they may be asked
   * no more; it is called at the moment of asking, on the very connection that they go to.
   */
  ask(statements: string, timeoutMs: number, mustBeAllowed = () => {}): Promise<Rows[]> {
    const exchange = () => this.#exchange(statements, mustBeAllowed);
    const askedAt = performance.now();
    const turn = this.#queue.then(
      () => this.#askNow(exchange, timeoutMs, timeoutMs),
      // Whoever came before waited in vain, and we with them: a server that hangs costs all who ask one timeout.
      () => this.#askNow(exchange, timeoutMs, askedAt + timeoutMs - performance.now()),
    );
    this.#queue = turn;
    turn.catch(() => {});
    return turn;
  }

  get isConnected(): boolean {
    return this.#connection !== null;
  }

  /** The connection that there is has been greeted and let in. */
  get isEstablished(): boolean {
    return this.#connection !== null && this.#connection === this.#established;
  }

  /** How many bytes have ever come from the server: whether it answers anything, be it only its greeting. */
  get bytesHeard(): number {
    return this.#heardBefore + (this.#socket?.bytesRead ?? 0);
  }

  /** Moves with everything that comes from the server, be it only that it takes the connection. */
  get #signs(): number {
    return this.bytesHeard + (this.#socket?.connecting === false ? 1 : 0);
  }

  /** Ends the connection once everything asked before has been answered; the next question makes another. */
  renew(): Promise<void> {
    const turn = this.#queue.then(
      () => this.#drop(),
      () => this.#drop(),
    );
    this.#queue = turn;
    return turn;
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #askNow(exchange: () => Promise<Rows[]>, timeoutMs: number, leftMs: number): Promise<Rows[]> {
    if (this.#closed)
      throw new BatonError('server-unreachable', `the connection to ${this.key} was closed by Baton`);
    const tooLate = () =>
      new BatonError('server-unreachable', `${this.key} did not answer within ${timeoutMs} ms`);
    if (leftMs <= 0) throw tooLate();
    const heardBefore = this.bytesHeard;
    const isNew = this.#connection === null;
    const endsAt = performance.now() + mostTimes * leftMs;
    let signs = this.#signs;
    let dueAt = performance.now() + leftMs;
    const notice = () => {
      if (!isNew || signs === this.#signs) return;
      signs = this.#signs;
      dueAt = Math.min(endsAt, performance.now() + leftMs);
    };
    let timer: NodeJS.Timeout | undefined;
    let verdict: NodeJS.Immediate | undefined;
    let counter: NodeJS.Timeout | undefined;
    const cut = new Promise<never>((_, reject) => {
      const judge = () => {
        notice();
        if (performance.now() >= dueAt) reject(tooLate());
        else wait();
      };
      const wait = () => {
        // A controller that stood still hears first what came meanwhile, then judges who is late.
        timer = setTimeout(
          () => {
            verdict = setImmediate(judge);
          },
          Math.ceil(dueAt - performance.now()),
        );
      };
      wait();
      counter = setInterval(() => {
        notice();
        if (this.bytesHeard - heardBefore > mostBytes) reject(tooMuch(`${mostBytes / 1_048_576} MB`));
      }, countEveryMs);
    });
    try {
      return await Promise.race([exchange(), cut]);
    } catch (error) {
      // What the server said itself ends a question; anything else leaves the rest of an answer behind.
      if (!isServersWord(error)) this.#drop();
      throw error;
    } finally {
      clearTimeout(timer);
      clearImmediate(verdict);
      clearInterval(counter);
    }
  }

  async #exchange(statements: string, mustBeAllowed: () => void): Promise<Rows[]> {
    const connection = this.#connection ?? (await this.#connect(mustBeAllowed));
    mustBeAllowed();
    return queried(connection, statements);
  }

  async #connect(mustBeAllowed: () => void): Promise<Connection> {
    const connection = await this.#open();
    await this.#prepare((text) => queried(connection, text), mustBeAllowed).catch((error: unknown) => {
      // One that was late has been thrown away already, and another may stand in its place.
      if (this.#connection === connection) this.#drop();
      throw error;
    });
    return connection;
  }

  #open(): Promise<Connection> {
    const { tls } = this.#access;
    return tls === null ? this.#openAs(false) : tls.opened(this.key, (encrypted) => this.#openAs(encrypted));
  }

  #openAs(encrypted: boolean): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const connection = mysql.createConnection(connectionOptions(this.key, this.#access, encrypted));
      this.#connection = connection;
      const { stream } = connection as Connection & { stream: Socket };
      this.#heardBefore = this.bytesHeard;
      this.#socket = stream;
      const lost = (error?: unknown) => {
        const wasOurs = this.#connection === connection;
        if (wasOurs) this.#connection = null;
        connection.destroy();
        reject(explained(this.key, error ?? closedConnection(), this.#access.tls));
        if (wasOurs && established && !this.#closed) this.#onLost();
      };
      let established = false;
      connection.on('error', lost);
      connection.on('end', () => lost());
      // The socket tells of a killed server before the protocol does.
      stream.on('close', () => lost());
      connection.connect((error) => {
        if (error !== null) return lost(error);
        established = true;
        this.#established = connection;
        resolve(connection);
      });
    });
  }

  #drop(): void {
    const connection = this.#connection;
    this.#connection = null;
    connection?.destroy();
  }
}

export type AskNow = (statements: string) => Promise<Rows[]>;

/** What is done on a new connection; the other throws where whoever wants it may not ask any more. */
type Prepare = (ask: AskNow, mustBeAllowed: () => void) => Promise<void>;

function tooMuch(limit: string): BatonError {
  return new BatonError(
    'answer-unreadable',
    `it answered with more than ${limit}, and the connection was cut`,
  );
}

/** A list of rows for each statement, empty for one that brings none. */
function queried(connection: Connection, statements: string): Promise<Rows[]> {
  return new Promise((resolve, reject) => {
    const ended = () =>
      reject(
        new BatonError('server-unreachable', 'the connection was lost before the answer came', {
          cause: closedConnection(),
        }),
      );
    // A connection that is destroyed never calls back, so its socket's end must settle the question.
    const { stream } = connection as Connection & { stream: Socket };
    if (stream.destroyed) return ended();
    stream.once('close', ended);
    const results: Rows[number][][] = [];
    let rows = 0;
    let isOfRows = false;
    const query = connection.query(statements);
    query.on('fields', (fields: unknown) => {
      isOfRows = fields !== undefined;
      results.push([]);
    });
    query.on('result', (row: unknown) => {
      rows += 1;
      if (rows <= mostRows && isOfRows) results.at(-1)?.push(row as Rows[number]);
      if (rows === mostRows) reject(tooMuch(`${mostRows} rows`));
    });
    query.on('error', reject);
    query.on('end', () => {
      stream.off('close', ended);
      resolve(results);
    });
  });
}
