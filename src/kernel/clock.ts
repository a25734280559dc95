/**
 * Time as the house sees it. Dates are for people and for the journal; only `monotonic` may be
 * compared with a deadline that keeps us from acting, for a wall clock may be set back.
 */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds since some fixed moment; never goes back. */
  monotonic(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Chance as the house sees it, so that a story told twice is told alike. */
export interface Chance {
  /** `count` lower-case hexadecimal digits. */
  hex(count: number): string;
}
