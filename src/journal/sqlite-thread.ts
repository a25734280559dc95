import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { builtTwin } from '../process/built.ts';
import type { FileUse, Greeting, Message, Reply } from './sqlite-messages.ts';
import type { Store } from './sqlite-store.ts';

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** This side of the thread that owns a state file: asks its store's verbs and hears the replies. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #file: string;
  readonly #pending = new Map<number, Pending>();
  readonly #ended: Promise<void>;
  readonly #outgoing: Message[number][] = [];
  #lastId = 0;
  /** Why nothing can be asked any more. */
  #over: Error | null = null;

  /** Resolves when the file is open and locked; rejects with `journal-busy` or `journal-broken`. */
  static async start(file: string, use: FileUse): Promise<SqliteThread> {
    const source = new URL('./sqlite-worker.ts', import.meta.url).href;
    const worker = new Worker(builtTwin(source), { workerData: { file, use } });
    // Heard even where it comes in the same moment as the greeting.
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    const [greeting]: Greeting[] = await once(worker, 'message');
    if (greeting === undefined) throw new Error('the thread of the journal said nothing');
    if (greeting !== 'open') {
      // With the thread its hold on the file ends.
      await gone;
      throw new BatonError(greeting.code, greeting.message);
    }
    return new SqliteThread(worker, file);
  }

  private constructor(worker: Worker, file: string) {
    this.#worker = worker;
    this.#file = file;
    this.#ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#finish(new BatonError('journal-broken', `${file}: its thread has ended`));
        resolve();
      });
    });
    worker.on('message', (replies: readonly Reply[]) => {
      for (const reply of replies) this.#hear(reply);
    });
    worker.on('error', (error) =>
      this.#finish(new BatonError('journal-broken', `${file}: ${messageOf(error)}`, { cause: error })),
    );
  }

  ask<Verb extends keyof Store>(
    verb: Verb,
    ...args: Parameters<Store[Verb]>
  ): Promise<ReturnType<Store[Verb]>> {
    return new Promise((resolve, reject) => {
      if (this.#over !== null) throw this.#over;
      // The thread runs this very verb and gives back what it returned.
      const done = (value: unknown) => resolve(value as ReturnType<Store[Verb]>);
      this.#lastId += 1;
      this.#pending.set(this.#lastId, { resolve: done, reject });
      this.#send({ id: this.#lastId, verb, args });
    });
  }

  /** What was asked before is answered; then the file is free. */
  async close(): Promise<void> {
    if (this.#over === null) {
      this.#send('close');
      this.#over = new BatonError('journal-broken', `${this.#file} was closed`);
    }
    await this.#ended;
  }

  /** What is asked in one turn of the event loop goes together, and so into one transaction. */
  #send(one: Message[number]): void {
    this.#outgoing.push(one);
    if (this.#outgoing.length > 1) return;
    // Behind all that has already been promised: an answer's outcome and the intent that follows it.
    process.nextTick(() => this.#worker.postMessage(this.#outgoing.splice(0) satisfies Message));
  }

  #hear(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ('failure' in reply) pending?.reject(new BatonError(reply.failure.code, reply.failure.message));
    else pending?.resolve(reply.value);
  }

  #finish(error: Error): void {
    this.#over ??= error;
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}
