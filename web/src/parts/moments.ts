/** Moments as people read them, in the time of this machine. `at` is milliseconds since 1970 or ISO 8601. */

export function timeText(at: number | string): string {
  return new Date(at).toLocaleTimeString('en-GB');
}

export function dayText(at: number | string): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** How long something has taken or goes on, shortly: `12 s`, `3 min`, `5 h`, `2 d`. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
