import { hostname } from 'node:os';
import type { Config } from '../config/keys.ts';
import type {
  Colleagues,
  Hooks,
  Journal,
  Leadership,
  Meter,
  Publisher,
  Signals,
  Teller,
} from '../engine/ports.ts';
import { MysqlServers } from '../mysql/servers.ts';
import { accessOf } from './access.ts';
import { filesBeside } from './evidence.ts';
import type { Renewal } from './life.ts';
import { type Controller, startOnPorts } from './on-ports.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { systemChance, systemClock } from './system.ts';
import { timed } from './timed-servers.ts';

export type { Controller } from './on-ports.ts';

/** Starts a controller on this machine's time and on real servers. Throws what startOnPorts throws. */
export function startController(options: {
  config: Config;
  journal: Journal;
  leadership: Leadership;
  colleagues: Colleagues;
  signals: Signals;
  hooks: Hooks;
  teller: Teller;
  meter: Meter;
  /** Told of each probe, and how long it took. */
  probed: Metrics['probed'];
  publisher: Publisher | null;
}): Promise<Controller> {
  const { config, hooks, probed } = options;
  return startOnPorts({
    ...options,
    ...portsOfConfig(config, hooks, probed),
    clock: systemClock,
    chance: systemChance,
    hostname: hostname(),
    evidence: filesBeside(config.StateFile),
  });
}

/** The ports that are another with another configuration. Throws `config-invalid` where a TLS file cannot be used. */
export function portsOfConfig(config: Config, hooks: Hooks, probed: Metrics['probed']): Renewal {
  const access = accessOf(config);
  return {
    config,
    hooks,
    connect: (onLost) =>
      timed(
        new MysqlServers({
          access,
          clock: systemClock,
          useSuperReadOnly: config.UseSuperReadOnly,
          lagQuery: config.ReplicationLagQuery,
          replication: {
            query: config.ReplicationCredentialsQuery,
            user: config.ReplicationUser,
            password: config.ReplicationPassword,
          },
          clone: { user: config.CloneUser, password: config.ClonePassword },
          onLost,
        }),
        probed,
      ),
  };
}
