/**
 * The standing of one track script (keepalived 2.2.7): good from `rise` on. It begins at `rise` - 1 and untried, so
 * that one run decides at first, whatever `rise` and `fall` are.
 */
export interface ScriptStanding {
  readonly result: number;
  readonly tried: boolean;
}

export interface ScriptCounts {
  readonly rise: number;
  readonly fall: number;
}

/** What a run changed for those who track it; null for nothing. */
export type ScriptTurn = 'good' | 'bad' | null;

export function untriedScript({ rise }: ScriptCounts): ScriptStanding {
  return { result: rise - 1, tried: false };
}

export function isGoodScript({ rise }: ScriptCounts, { result }: ScriptStanding): boolean {
  return result >= rise;
}

/** One run has ended. */
export function afterRun(
  counts: ScriptCounts,
  { result, tried }: ScriptStanding,
  succeeded: boolean,
): { readonly standing: ScriptStanding; readonly turn: ScriptTurn } {
  const { rise, fall } = counts;
  const came = (next: number, turn: ScriptTurn) => ({ standing: { result: next, tried: true }, turn });
  if (succeeded) {
    if (result < rise - 1) return came(result + 1, null);
    return came(rise + fall - 1, result < rise || !tried ? 'good' : null);
  }
  if (result > rise) return came(result - 1, null);
  return came(0, result === rise || !tried ? 'bad' : null);
}
