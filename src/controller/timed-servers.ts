import type { Metrics } from '../telemetry/metrics.ts';
import type { ControlledServers } from './ports.ts';

/** The same servers; how long each sign of life and each look at one of them took is told. */
export function timed<S extends ControlledServers>(servers: S, probed: Metrics['probed']): S {
  const measured: Pick<ControlledServers, 'look' | 'pulse'> = {
    async look(instances, timeoutMs, signal) {
      const began = performance.now();
      const seen = await servers.look(instances, timeoutMs, signal);
      const tookMs = performance.now() - began;
      for (const { error } of seen) probed({ kind: 'look', tookMs, answered: error === null });
      return seen;
    },
    async pulse(key, timeoutMs) {
      const began = performance.now();
      const missed = await servers.pulse(key, timeoutMs);
      probed({ kind: 'pulse', tookMs: performance.now() - began, answered: missed === null });
      return missed;
    },
  };
  return new Proxy(servers, {
    get(target, name) {
      if (name === 'look' || name === 'pulse') return measured[name];
      const value: unknown = Reflect.get(target, name, target);
      // They have private fields, which are reached by themselves only.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
