import type { Kind } from './kinds/kind.ts';
import { deadGroupMember, deadIntermediate } from './kinds/lost-source.ts';
import { deadCoPrimary, deadPrimary, deadWithoutGtid, forced } from './kinds/lost-primary.ts';
import { lockedSemiSync, overpopulatedSemiSync, readOnlyPrimary } from './kinds/mended.ts';
import { planned } from './kinds/planned.ts';

/** Every kind of recovery and takeover that the matrix has. */
export const kinds = {
  'dead primary': deadPrimary,
  'dead co-primary': deadCoPrimary,
  'dead primary, no GTID': deadWithoutGtid,
  'force failover': forced,
  takeover: planned((stage) => ({ to: stage.keys[1] })),
  'takeover, Baton chooses': planned(() => ({ auto: true })),
  'dead intermediate': deadIntermediate,
  'dead group member': deadGroupMember,
  'read-only primary': readOnlyPrimary,
  'locked semi-sync': lockedSemiSync,
  'over-populated semi-sync': overpopulatedSemiSync,
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;
