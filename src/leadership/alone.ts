import type { Leadership, SoleJournal } from '../engine/ports.ts';

/** Of a controller that is alone: whoever holds the state file leads, for as long as it is open. */
export function leadingAlone(
  journal: Pick<SoleJournal, 'nextToken'>,
  self: { readonly name: string; readonly since: number },
): Leadership {
  let leads = false;
  return {
    async lead(signal) {
      const token = await journal.nextToken();
      signal.throwIfAborted();
      leads = true;
      return {
        lease: { token, remainingMs: () => Number.POSITIVE_INFINITY },
        over: new AbortController().signal,
      };
    },
    leader: () => (leads ? { ...self, isOurs: true } : null),
    async close() {
      leads = false;
    },
  };
}
