import type { Stand } from '../analysis/advice/explain.ts';

/** Since when a gate stands as it stands, milliseconds since 1970. */
export interface Since {
  readonly state: Stand['state'];
  readonly at: number;
  /** It stood so when this life of the controller first asked, so it may have for longer. */
  readonly atLeast: boolean;
}

/** By cluster id and gate. Lives in memory: a restart knows only since when it has been asking itself. */
export type GateHistory = ReadonlyMap<string, Since>;

export function foldGates(
  history: GateHistory,
  clusterId: string,
  stands: readonly Stand[],
  now: number,
): GateHistory {
  const changed = stands.filter(({ gate, state }) => sinceOf(history, clusterId, gate)?.state !== state);
  // It holds the gates of all clusters, and most of the time none has moved.
  if (changed.length === 0) return history;
  const next = new Map(history);
  for (const { gate, state } of changed) {
    const atLeast = sinceOf(history, clusterId, gate) === null;
    next.set(nameOf(clusterId, gate), { state, at: now, atLeast });
  }
  return next;
}

export function sinceOf(history: GateHistory, clusterId: string, gate: string): Since | null {
  return history.get(nameOf(clusterId, gate)) ?? null;
}

function nameOf(clusterId: string, gate: string): string {
  return `${clusterId} ${gate}`;
}
