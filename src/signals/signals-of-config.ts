import type { Config } from '../config/keys.ts';
import type { Signals, Teller } from '../engine/ports.ts';
import { systemClock } from '../process/system-clock.ts';
import { HeartbeatSignals } from './heartbeat/heartbeat-signals.ts';
import { liveState } from './heartbeat/live-state.ts';
import { KeepalivedSignals, watchedOf } from './keepalived/keepalived-signals.ts';
import { hostRule } from './nodes.ts';
import { PacemakerSignals } from './pacemaker/pacemaker-signals.ts';
import { remoteMessages } from './pacemaker/remote-cib.ts';
import { statusOf } from './pacemaker/status.ts';
import { severalSignals } from './several.ts';

interface Source extends Signals {
  start(): void;
  close(): Promise<void>;
}

/** Begins to listen to the systems that the configuration names. */
export function signalsOfConfig(
  config: Config,
  teller: Teller,
): { readonly signals: Signals; close(): Promise<void> } {
  const sources = [
    ...pacemakerOf(config, teller),
    ...keepalivedOf(config, teller),
    ...heartbeatOf(config, teller),
  ];
  for (const source of sources) source.start();
  return {
    signals: severalSignals(sources),
    async close() {
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

function pacemakerOf(config: Config, teller: Teller): readonly Source[] {
  const { Pacemaker, PacemakerPassword } = config;
  if (Pacemaker === null) return [];
  const { Remote } = Pacemaker;
  const source = new PacemakerSignals({
    config: Pacemaker,
    isHost: hostRule(config),
    ask: (signal) => statusOf(Pacemaker.StatusCommand, signal),
    messages: Remote === undefined ? null : (how) => remoteMessages(Remote, PacemakerPassword, how),
    clock: systemClock,
    teller,
  });
  return [source];
}

function keepalivedOf(config: Config, teller: Teller): readonly Source[] {
  const watched = config.Keepalived.map(watchedOf);
  if (watched.length === 0) return [];
  return [new KeepalivedSignals({ watched, isHost: hostRule(config), clock: systemClock, teller })];
}

function heartbeatOf(config: Config, teller: Teller): readonly Source[] {
  const { HeartbeatState } = config;
  if (HeartbeatState === '') return [];
  const read = () => liveState(HeartbeatState);
  return [new HeartbeatSignals({ read, isHost: hostRule(config), clock: systemClock, teller })];
}
