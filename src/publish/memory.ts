import type { Publisher } from '../engine/ports.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';

/** Tells nobody but this process, for stories and for who builds on the library. */
export function memoryPublisher(primaries = new Map<string, InstanceKey>()): Publisher {
  return {
    async withdraw({ id }) {
      primaries.delete(id);
    },
    async publish({ id }, primary) {
      primaries.set(id, primary);
    },
    async published({ id }) {
      return [primaries.get(id) ?? null];
    },
    async preview({ alias }, primary) {
      return [`${alias} = ${primary}`];
    },
  };
}
