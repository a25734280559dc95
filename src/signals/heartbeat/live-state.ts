import { isAlive } from '../../process/is-alive.ts';
import { type HeartbeatState, StateFolder } from './state-folder.ts';

/** What a running node of Baton's wrote; null where none runs, or it stands still. */
export function liveState(folder: string): HeartbeatState | null {
  const state = new StateFolder(folder).state();
  if (state === null || !isAlive(state.pid)) return null;
  // Written at each keepalive, which is less than half of deadtime.
  const patienceMs = 2 * state.deadMs + 10_000;
  return Date.now() - state.writtenAtMs < patienceMs ? state : null;
}
