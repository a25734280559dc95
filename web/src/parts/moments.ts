/** Moments as people read them, in the time of this machine. `at` is milliseconds since 1970 or ISO 8601. */

export function timeText(at: number | string): string {
  return new Date(at).toLocaleTimeString('en-GB');
}

export function dayText(at: number | string): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}
