import { BatonError } from '../kernel/errors.ts';
import { shortUid } from '../kernel/uid.ts';
import type { HookAnswer } from './record.ts';

/** A hook of a run that waits, in this controller, for a person's word. */
export interface Ask {
  readonly uid: string;
  /** Writes the word down. Throws `nothing-asked` where another one came first. */
  answer(answer: HookAnswer, who: string, why: string): Promise<void>;
}

export type Asks = Set<Ask>;

/** Puts an ask where people's words are brought; `write` puts the word on record. */
export function openAsk(
  asks: Asks,
  uid: string,
  write: (answer: HookAnswer, who: string, why: string) => Promise<unknown>,
): Ask {
  const ask: Ask = {
    uid,
    async answer(answer, who, why) {
      if (!asks.delete(ask))
        throw new BatonError('nothing-asked', `the hook of ${shortUid(uid)} no longer waits for a word`);
      try {
        await write(answer, who, why);
      } catch (error) {
        asks.add(ask);
        throw error;
      }
    },
  };
  asks.add(ask);
  return ask;
}
