import type { Signals } from '../engine/ports.ts';

/** No other system is listened to. */
export const noSignals: Signals = {
  isHost: () => false,
  of: () => [],
  confirm: async () => [],
  fences: () => false,
  heed: () => {},
};
