import type { Signals } from '../engine/ports.ts';

/** Several systems that watch hosts, heard as one. A word of each stands for itself. */
export function severalSignals(all: readonly Signals[]): Signals {
  return {
    isHost: (node, instance) => all.some((one) => one.isHost(node, instance)),
    of: (instance) => all.flatMap((one) => one.of(instance)),
    async confirm(instance, signal) {
      return (await Promise.all(all.map((one) => one.confirm(instance, signal)))).flat();
    },
    fences: (instance) => all.some((one) => one.fences(instance)),
    heed(heard, signal) {
      for (const one of all) one.heed(heard, signal);
    },
  };
}
