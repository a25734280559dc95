import type { Opened, Opening } from '../engine/ports.ts';

/** What a store knows of the runs that held, or hold, an opening's subject. */
export interface Claims {
  /** The run that holds the subject now. */
  readonly holder: string | null;
  /** The exclusive run of the subject that ended last; `at` is milliseconds since 1970. */
  readonly lastEnded: { readonly uid: string; readonly at: number; readonly acknowledged: boolean } | null;
}

/** Whether a new run may be opened. The store asks within the transaction that then writes it. */
export function mayOpen(
  { exclusive, at }: Pick<Opening, 'exclusive' | 'at'>,
  { holder, lastEnded }: Claims,
): Opened {
  if (exclusive === null) return { opened: true };
  if (holder !== null) return { opened: false, by: holder, because: 'active', until: null };
  if (lastEnded === null || lastEnded.acknowledged) return { opened: true };
  const until = lastEnded.at + exclusive.quietMs;
  return at < until ? { opened: false, by: lastEnded.uid, because: 'recent', until } : { opened: true };
}
