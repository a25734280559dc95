import { hostOf, type InstanceKey, portOf } from '../../../kernel/instance-key.ts';
import type { Coordinates } from '../../../topology/coordinates.ts';

/** The small things that all of orchestrator's shapes are made of (orchestrator 3.2.6, section 5.1). */

export function keyShape(key: InstanceKey | null) {
  return key === null ? { Hostname: '', Port: 0 } : { Hostname: hostOf(key), Port: portOf(key) };
}

/** `type` 0 is a place in a binary log, 1 one in a relay log. */
export function coordinatesShape(coordinates: Coordinates | null, type: 0 | 1 = 0) {
  return { LogFile: coordinates?.file ?? '', LogPos: coordinates?.position ?? 0, Type: type };
}

export function nullableShape(value: number | null) {
  return { Int64: value === null ? 0 : Math.trunc(value), Valid: value !== null };
}

/** `2026-11-21T23:04:53Z`; empty for 0 and null, which are never. `at` is milliseconds since 1970. */
export function timestamp(at: number | null): string {
  return at === null || at === 0 ? '' : `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/**
 * A number for a run, which orchestrator counts and Baton does not: the microseconds since 1970 at which its uid was
 * made. It stays the same whatever is forgotten of older ones.
 */
export function numberOf(uid: string): number {
  const nanoseconds = /(\d+):[^/]*$/.exec(uid)?.[1] ?? '0';
  return Number(BigInt(nanoseconds) / 1_000n);
}

/** One object of the fields of several. Spreading as many into a literal takes ten times as long, and lists have thousands of them. */
export function oneOf(...parts: readonly object[]): object {
  return Object.assign({}, ...parts);
}
