import type { Colleagues, Leadership, SoleJournal } from '../engine/ports.ts';

/** Nobody else watches. */
export const noColleagues: Colleagues = { testimonies: () => [], exchange: async () => {} };

/** Of a controller that is alone: whoever holds the state file leads, for as long as it is open. */
export function leadingAlone(
  journal: Pick<SoleJournal, 'nextToken'>,
  self: { readonly name: string; readonly since: number },
): Leadership {
  let held: number | null = null;
  const stand = async () => {
    const token = await journal.nextToken();
    held = token;
    const lease = { token, remainingMs: () => Number.POSITIVE_INFINITY };
    return { lease, over: new AbortController().signal };
  };
  return {
    stand,
    lead: stand,
    leader: () => (held === null ? null : { ...self, isOurs: true, address: null }),
    cutOff: () => null,
    token: () => held,
    async close() {
      held = null;
    },
  };
}
