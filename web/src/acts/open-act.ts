import { useSyncExternalStore } from 'react';
import type { Act } from './act.ts';

let open: Act | null = null;
const listeners = new Set<() => void>();

/** Shows what an act would do, and asks for it. Null closes it. */
export function openAct(act: Act | null): void {
  open = act;
  for (const listener of listeners) listener();
}

export function useOpenAct(): Act | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
