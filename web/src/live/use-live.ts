import { useSyncExternalStore } from 'react';
import { live, type LiveState } from './live.ts';

/** A part of what is known; drawn again only when that part is another. `choose` gives a part, never a new object. */
export function useLive<T>(choose: (state: LiveState) => T): T {
  return useSyncExternalStore(live.subscribe, () => choose(live.state));
}
