import { type HeartbeatState, StateFolder } from './state-folder.ts';

/** What a running node of Baton's wrote; null where none runs, or it stands still. */
export function liveState(folder: string): HeartbeatState | null {
  const state = new StateFolder(folder).state();
  if (state === null || !lives(state.pid)) return null;
  // Written at each keepalive, which is less than half of deadtime.
  const patienceMs = 2 * state.deadMs + 10_000;
  return Date.now() - state.writtenAtMs < patienceMs ? state : null;
}

function lives(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
