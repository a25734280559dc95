/** What a tracked thing adds to a priority, and what becomes of the sum (keepalived 2.2.7, measured). */

/** The address owner's: it never changes, whatever is tracked. */
export const ownerPriority = 255;

/** `total` is the configured priority and all that is added to it. */
export function effectivePriority(base: number, total: number): number {
  return base === ownerPriority ? ownerPriority : Math.min(254, Math.max(1, total));
}

/** A weight above 0 is added while it is good, one below 0 is taken away while it is bad. */
export function contributionOf(weight: number, isGood: boolean): number {
  if (weight > 0) return isGood ? weight : 0;
  return isGood ? 0 : weight;
}

/** What a tracked file brings: `fault`, or a number that is added. `value` as in the file. */
export function fileContribution(value: number, weight: number): number | 'fault' {
  if (weight === 0) return value === 0 ? 0 : 'fault';
  const weighed = value * weight;
  return weighed <= -254 ? 'fault' : Math.min(253, weighed);
}

/** What keepalived reads in a tracked file: C's `strtol` with base 0; what is no number is 0. */
export function fileValue(text: string): number {
  const [, sign = '', digits = ''] = /^\s*([+-]?)(0x[0-9a-f]+|\d+)/i.exec(text) ?? [];
  if (digits === '') return 0;
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return clamped(sign === '-' ? -value : value);
}

/** Of C's int. */
function clamped(value: number): number {
  return Math.min(2_147_483_647, Math.max(-2_147_483_648, value));
}
