import type { Chance, Clock } from './clock.ts';

/**
 * The name of one recovery, in orchestrator's form: nanoseconds since 1970, a colon, 64 hexadecimal
 * digits (orchestrator 3.2.6, section 1.3).
 */
export function makeUid(clock: Clock, chance: Chance): string {
  const nanoseconds = BigInt(Math.round(clock.now())) * 1_000_000n;
  return `${nanoseconds}:${chance.hex(64)}`;
}

/** Enough of a uid to tell it from its neighbours on one screen. */
export function shortUid(uid: string): string {
  const [, digits = uid] = uid.split(':');
  return digits.slice(0, 8);
}
