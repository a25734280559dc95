const milliseconds: Readonly<Record<string, number>> = {
  '': 1_000,
  s: 1_000,
  sec: 1_000,
  ms: 1,
  msec: 1,
  us: 0.001,
  usec: 0.001,
};

/** A time as ha.cf writes it, in whole milliseconds: `3` and `1.7` are seconds, `500ms`, `750000us`. Null where it is none. */
export function millisecondsOf(word: string): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)(us|usec|ms|msec|s|sec)?$/.exec(word) ?? [];
  if (amount === undefined) return null;
  return Math.round(Number(amount) * (milliseconds[unit] ?? 0));
}
