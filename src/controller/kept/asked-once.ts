import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Journal } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { BatonError, type ErrorCode, isErrorCode, messageOf } from '../../kernel/errors.ts';

const room = 'asked-once';
const keptMs = 86_400_000;
const mostKept = 10_000;

/** What was asked with a key: null for an answer that nobody has seen. */
const Asked = z.object({
  digest: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  answer: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('done'), json: z.string() }),
      z.object({ kind: z.literal('refused'), code: z.custom<ErrorCode>(isErrorCode), because: z.string() }),
    ])
    .nullable(),
});
type Asked = z.infer<typeof Asked>;

/** A change that somebody asks for with a key of their own. */
export interface KeyedChange {
  /** Of one caller and one thing to ask, in their own words. */
  readonly key: readonly (string | null)[];
  /** What it is asked with. */
  readonly body: unknown;
  /** Gives the answer, in JSON. */
  readonly work: () => Promise<string>;
}

/**
 * Does once what is asked for with one key: whoever asks again gets the same answer, or the same refusal. Written before
 * it is done and again with its answer, so that a restart and the next leader know it, for a day, the newest ten thousand.
 */
export class AskedOnce {
  readonly #journal: Pick<Journal, 'keep' | 'kept' | 'drop'>;
  readonly #clock: Clock;
  readonly #underWay = new Map<string, Promise<string>>();
  /** By their names, the oldest first; read when a key is used for the first time. */
  #asked: Promise<Map<string, Asked>> | null = null;

  constructor({ journal, clock }: { journal: Pick<Journal, 'keep' | 'kept' | 'drop'>; clock: Clock }) {
    this.#journal = journal;
    this.#clock = clock;
  }

  /** Throws `usage` for a key that was used for something else, `request-refused` where nobody knows what came of it, and what the work throws. */
  async ask({ key, body, work }: KeyedChange): Promise<string> {
    const name = digestOf(key);
    const digest = digestOf(body ?? null);
    const asked = await this.#load();
    const earlier = asked.get(name);
    if (earlier === undefined || this.#isOver(earlier)) {
      const begun = { digest, at: this.#clock.now(), answer: null };
      // At once, for whoever asks in this very moment.
      asked.set(name, begun);
      return this.#begin(name, begun, work);
    }
    const shown = JSON.stringify(key.at(-1));
    if (earlier.digest !== digest)
      throw new BatonError('usage', `the Idempotency-Key ${shown} was used for something else`);
    const underWay = this.#underWay.get(name);
    if (underWay !== undefined) return underWay;
    if (earlier.answer === null)
      throw new BatonError(
        'request-refused',
        `this was asked for before with the Idempotency-Key ${shown}, and nobody saw what came of it; look how things stand, and ask with another key if it is still wanted`,
      );
    if (earlier.answer.kind === 'done') return earlier.answer.json;
    throw new BatonError(earlier.answer.code, earlier.answer.because);
  }

  #begin(name: string, asked: Asked, work: () => Promise<string>): Promise<string> {
    const doing = this.#do(name, asked, work);
    this.#underWay.set(name, doing);
    const end = () => this.#underWay.delete(name);
    doing.then(end, end);
    return doing;
  }

  async #do(name: string, asked: Asked, work: () => Promise<string>): Promise<string> {
    await this.#keep(name, asked);
    try {
      const json = await work();
      await this.#keep(name, { ...asked, answer: { kind: 'done', json } });
      return json;
    } catch (error) {
      // Whoever does not lead has done nothing; of what failed otherwise nobody knows how far it came.
      if (error instanceof BatonError && error.code === 'not-leader') await this.#forget(name);
      else if (error instanceof BatonError && error.code !== 'lease-lost')
        await this.#keep(name, {
          ...asked,
          answer: { kind: 'refused', code: error.code, because: messageOf(error) },
        });
      throw error;
    }
  }

  async #keep(name: string, asked: Asked): Promise<void> {
    const all = await this.#load();
    all.delete(name);
    all.set(name, asked);
    await this.#journal.keep(room, name, asked);
    for (const [oldest, one] of all) {
      if (all.size <= mostKept && !this.#isOver(one)) break;
      await this.#forget(oldest);
    }
  }

  async #forget(name: string): Promise<void> {
    (await this.#load()).delete(name);
    await this.#journal.drop(room, name);
  }

  #isOver({ at }: Asked): boolean {
    return this.#clock.now() - at >= keptMs;
  }

  #load(): Promise<Map<string, Asked>> {
    this.#asked ??= this.#read().catch((error: unknown) => {
      this.#asked = null;
      throw error;
    });
    return this.#asked;
  }

  async #read(): Promise<Map<string, Asked>> {
    const kept = [...(await this.#journal.kept(room))].flatMap(([name, value]) => {
      const { data } = Asked.safeParse(value);
      // What another version may have written otherwise keeps nobody from asking.
      return data === undefined ? [] : [[name, data] as const];
    });
    return new Map(kept.toSorted(([, one], [, other]) => one.at - other.at));
  }
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
