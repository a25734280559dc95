import { type Instance, isDowntimed } from '../../topology/snapshot.ts';

/** Instances that fell silent so close to each other fell silent at once: it takes a few pulses to notice all of them. */
const atOnceMs = 30_000;

/** How much of everything that it watches the controller reaches; instances in downtime do not count. */
export interface Reach {
  /** Those that had answered until the moment that is looked at. */
  readonly of: number;
  /** Those of them that fell silent in that moment. */
  readonly silent: number;
  /** That is most of them, so whoever watches may be the one who is cut off. */
  readonly isIsolated: boolean;
}

/**
 * The reach at the moment when `suspect` fell silent, over all clusters. One that refuses connections is reached: its
 * host answers. Who was silent long before tells nothing of that moment.
 */
export function reachOf(instances: readonly Instance[], suspect: Instance | null, now: number): Reach {
  const moment = suspect?.checks.unheardSince ?? now;
  const counted = instances.filter(
    (one) =>
      one.checks.seenAt > 0 &&
      !isDowntimed(one, now) &&
      (one.checks.unheardSince ?? moment) >= moment - atOnceMs,
  );
  const silent = counted.filter(
    ({ checks }) =>
      checks.echo === 'silent' && checks.unheardSince !== null && checks.unheardSince <= moment + atOnceMs,
  );
  return {
    of: counted.length,
    silent: silent.length,
    isIsolated: silent.length * 2 > counted.length,
  };
}
