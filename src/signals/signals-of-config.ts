import type { Config } from '../config/keys.ts';
import type { Signals, Teller } from '../engine/ports.ts';
import { systemClock } from '../process/system-clock.ts';
import { hostRule } from './nodes.ts';
import { noSignals } from './none.ts';
import { PacemakerSignals } from './pacemaker/pacemaker-signals.ts';
import { remoteMessages } from './pacemaker/remote-cib.ts';
import { statusOf } from './pacemaker/status.ts';

/** Begins to listen to the systems that the configuration names. */
export function signalsOfConfig(
  config: Config,
  teller: Teller,
): { readonly signals: Signals; close(): Promise<void> } {
  const { Pacemaker } = config;
  if (Pacemaker === null) return { signals: noSignals, close: async () => {} };
  const { Remote } = Pacemaker;
  const signals = new PacemakerSignals({
    config: Pacemaker,
    isHost: hostRule(config),
    ask: (signal) => statusOf(Pacemaker.StatusCommand, signal),
    messages: Remote === undefined ? null : (how) => remoteMessages(Remote, config.PacemakerPassword, how),
    clock: systemClock,
    teller,
  });
  signals.start();
  return { signals, close: () => signals.close() };
}
