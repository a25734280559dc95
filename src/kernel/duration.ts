/** The longest timer that Node has, in milliseconds: it fires a longer one at once. */
export const longestTimerMs = 2_147_483_647;

/** A span in milliseconds as a person reads it: `40 ms`, `1.25 s`, `3 min 5 s`, `2 h 10 min`. */
export function spoken(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(2))} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return pair(seconds, 60, 'min', 's');
  return pair(Math.round(seconds / 60), 60, 'h', 'min');
}

function pair(amount: number, per: number, large: string, small: string): string {
  const [whole, rest] = [Math.floor(amount / per), amount % per];
  return rest === 0 ? `${whole} ${large}` : `${whole} ${large} ${rest} ${small}`;
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A span as a person writes it, `90s`, `30m`, `2h`, `1d`, in milliseconds; null for anything else. */
export function millisecondsIn(text: string): number | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim()) ?? [];
  const per = units[unit ?? ''];
  return amount === undefined || per === undefined ? null : Math.round(Number(amount) * per);
}
