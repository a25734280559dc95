import { useSyncExternalStore } from 'react';
import { type Seen, stageWatch } from './stage.ts';

/** How the stage stands; null until it was heard of. */
export function useStage(): Seen | null {
  return useSyncExternalStore(stageWatch.subscribe, () => stageWatch.seen);
}
