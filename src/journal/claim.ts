import type { Opened, Opening } from '../engine/ports.ts';

/** Whether a new run may be opened while `holder` holds its subject. The store asks within the transaction that then writes it. */
export function mayOpen({ exclusive }: Pick<Opening, 'exclusive'>, holder: string | null): Opened {
  return !exclusive || holder === null ? { opened: true } : { opened: false, by: holder };
}
