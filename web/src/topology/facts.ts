import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import type { Instance } from '../api/types.ts';

/** Version, writes, GTID, semi-sync: what one wants to know of each at a glance. */
export function factsOf(instance: Instance, look: InstanceLook): readonly string[] {
  const { readOnly, usesGtid, awaitsSemiSync, acknowledgesSemiSync } = instance;
  return [
    look.version,
    readOnly === null ? '' : readOnly ? 'read-only' : 'writable',
    usesGtid ? 'GTID' : '',
    awaitsSemiSync || acknowledgesSemiSync ? 'semi-sync' : '',
  ].filter((word) => word !== '');
}
