import type { Socket } from 'node:net';
import mysql, { type Connection } from 'mysql2';
import { BatonError } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { type Access, closedConnection, connectionOptions, explained } from './access.ts';

/** Rows of one statement, columns by name. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/**
 * One connection to one server, made when first needed and again after it is lost. Questions are
 * asked one after another; each has its own deadline, from when it was asked, after which the connection is thrown away,
 * for a server that is late with one answer would give it to the next question.
 */
export class Link {
  readonly key: InstanceKey;
  readonly #access: Access;
  readonly #onLost: () => void;
  readonly #prepare: (ask: AskNow) => Promise<void>;
  #connection: Connection | null = null;
  /** The socket of the newest connection, and what those before it had brought. */
  #socket: { readonly bytesRead: number } | null = null;
  #heardBefore = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  /**
   * `prepare` is done on every new connection before its first question; `onLost` is called when an
   * established connection ends without our doing.
   */
  constructor(
    key: InstanceKey,
    access: Access,
    life: { prepare: (ask: AskNow) => Promise<void>; onLost: () => void },
  ) {
    this.key = key;
    this.#access = access;
    this.#prepare = life.prepare;
    this.#onLost = life.onLost;
  }

  /**
   * Asks one or more statements in one round trip. Throws BatonError `host-unknown`, `access-denied`,
   * `server-unreachable`, or what the server said to a statement.
   */
  ask(statements: string, timeoutMs: number): Promise<Rows[]> {
    const askedAt = performance.now();
    const turn = this.#queue.then(
      () => this.#askNow(statements, timeoutMs, timeoutMs),
      // Whoever came before waited in vain, and we with them: a server that hangs costs all who ask one timeout.
      () => this.#askNow(statements, timeoutMs, askedAt + timeoutMs - performance.now()),
    );
    this.#queue = turn;
    turn.catch(() => {});
    return turn;
  }

  get isConnected(): boolean {
    return this.#connection !== null;
  }

  /** How many bytes have ever come from the server: whether it answers anything, be it only its greeting. */
  get bytesHeard(): number {
    return this.#heardBefore + (this.#socket?.bytesRead ?? 0);
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #askNow(statements: string, timeoutMs: number, leftMs: number): Promise<Rows[]> {
    if (this.#closed)
      throw new BatonError('server-unreachable', `the connection to ${this.key} was closed by Baton`);
    const tooLate = () =>
      new BatonError('server-unreachable', `${this.key} did not answer within ${timeoutMs} ms`);
    if (leftMs <= 0) throw tooLate();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#drop();
        reject(tooLate());
      }, leftMs);
    });
    try {
      return await Promise.race([this.#exchange(statements), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #exchange(statements: string): Promise<Rows[]> {
    return queried(this.#connection ?? (await this.#connect()), statements);
  }

  async #connect(): Promise<Connection> {
    const connection = await this.#open();
    await this.#prepare((text) => queried(connection, text)).catch((error: unknown) => {
      // One that was late has been thrown away already, and another may stand in its place.
      if (this.#connection === connection) this.#drop();
      throw error;
    });
    return connection;
  }

  #open(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const connection = mysql.createConnection(connectionOptions(this.key, this.#access));
      this.#connection = connection;
      const { stream } = connection as Connection & { stream: Socket };
      this.#heardBefore = this.bytesHeard;
      this.#socket = stream;
      const lost = (error?: unknown) => {
        const wasOurs = this.#connection === connection;
        if (wasOurs) this.#connection = null;
        connection.destroy();
        reject(explained(this.key, error ?? closedConnection()));
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

/** Always a list of results, one for each statement, though the driver unwraps a single one. */
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
    stream.once('close', ended);
    connection.query(statements, (error, results: unknown, fields: unknown) => {
      stream.off('close', ended);
      if (error !== null) return reject(error);
      const several = Array.isArray(fields) && fields.some((one) => one === undefined || Array.isArray(one));
      resolve((several ? results : [results]) as Rows[]);
    });
  });
}
