import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Journal, Lease, Opening } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import { InstanceKey } from '../../kernel/instance-key.ts';

/** What somebody told the controller: orchestrator's word for it (its audit types), about what, who said it and why. */
export const Word = z.object({
  type: z.string(),
  /** Null where it is about no single instance. */
  instance: InstanceKey.nullable(),
  /** Null where it is about no cluster, or about an instance of none. */
  cluster: z.object({ id: z.string(), alias: z.string() }).nullable(),
  by: z.string(),
  why: z.string(),
  /** One sentence: what holds from now on. */
  says: z.string(),
});
export type Word = z.infer<typeof Word>;

/** By this name the journal lists what people said; no machine is behind it. */
export const wordWorkflow = 'word';

/**
 * Writes down what people say before it holds, and that it does: a run of the journal that ends with what came of it,
 * sealed, kept and left out like any other. Whoever only follows cannot write, so nothing is said to it.
 */
export class Words {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #lease: Lease;
  #said = 0;

  constructor({ journal, clock, lease }: { journal: Journal; clock: Clock; lease: Lease }) {
    this.#journal = journal;
    this.#clock = clock;
    this.#lease = lease;
  }

  /** Throws `not-leader`, and what `change` throws. */
  async say<Value>(word: Word, change: () => Promise<Value>): Promise<Value> {
    const at = this.#clock.now();
    const { token } = this.#lease;
    this.#said += 1;
    const uid = uidOf([at, token, this.#said, word], at);
    // A cluster's id would put words among the runs that change it.
    const subject = word.instance ?? wordWorkflow;
    const opening = { uid, workflow: wordWorkflow, digest: '', subject, exclusive: false };
    await this.#journal.open({ ...opening, input: word, at, token });
    const value = await change().catch(async (error: unknown) => {
      await this.#end(uid, 'failed', `It was not done: ${messageOf(error)}`).catch(() => {});
      throw error;
    });
    await this.#end(uid, 'kept', word.says);
    return value;
  }

  /** Ends what a controller that died has left open, for whether it holds is seen where it would; gives the other runs. */
  async settle(unfinished: readonly Opening[]): Promise<readonly Opening[]> {
    for (const { uid, workflow } of unfinished)
      if (workflow === wordWorkflow)
        await this.#end(uid, 'interrupted', 'The controller died over it; it may hold, or not.');
    return unfinished.filter(({ workflow }) => workflow !== wordWorkflow);
  }

  async #end(uid: string, state: string, sentence: string): Promise<void> {
    const entry = { kind: 'ended', state, sentence, output: null } as const;
    await this.#journal.append(uid, entry, this.#clock.now(), this.#lease.token);
  }
}

function uidOf(what: unknown, at: number): string {
  const digits = createHash('sha256').update(JSON.stringify(what)).digest('hex');
  return `${BigInt(Math.round(at)) * 1_000_000n}:${digits}`;
}
