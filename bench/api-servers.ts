import { type ChildProcess, fork } from 'node:child_process';
import type { ControlledServers } from '../src/controller/ports.ts';
import { BatonError } from '../src/kernel/errors.ts';
import type { InstanceKey } from '../src/kernel/instance-key.ts';
import { builtTwin } from '../src/process/built.ts';
import type { Observation } from '../src/topology/observation.ts';
import type { FleetMessage, FleetWish, Question, Verb } from './api-fleet.ts';

/** The fleet of bench/api-fleet.ts as a controller holds it. */
export function startFleet(wish: FleetWish): (onLost: (key: InstanceKey) => void) => ControlledServers {
  const fleet = fork(builtTwin(new URL('./api-fleet.ts', import.meta.url).href));
  fleet.send(wish);
  return (onLost) => serversOf(fleet, onLost);
}

function serversOf(fleet: ChildProcess, onLost: (key: InstanceKey) => void): ControlledServers {
  const asked = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let id = 0;
  fleet.on('message', (message: FleetMessage) => {
    if (message.kind === 'lost') return onLost(message.instance);
    const asking = asked.get(message.id);
    asked.delete(message.id);
    if (message.kind === 'answered') return asking?.resolve(message.value);
    const { code, because } = message;
    asking?.reject(code === null ? new Error(because) : new BatonError(code, because));
  });
  const ask = <T>(verb: Verb, ...given: readonly unknown[]) =>
    new Promise<T>((resolve, reject) => {
      id += 1;
      // What a verb answers is what its name says; the channel has only changed its clothes.
      asked.set(id, { resolve: resolve as (value: unknown) => void, reject });
      fleet.send({ id, verb, given } satisfies Question);
    });
  return {
    look: (instances, timeoutMs) =>
      Promise.all(instances.map((key) => ask<Observation>('look', key, timeoutMs))),
    pulse: (key, timeoutMs) => ask('pulse', key, timeoutMs),
    act: (order, timeoutMs) => ask('act', order, timeoutMs),
    value: (key, query, timeoutMs) => ask('value', key, query, timeoutMs),
    statements: (order, timeoutMs) => ask('statements', order, timeoutMs),
    cloneFacts: (instance, donor) => ask('cloneFacts', instance, donor),
    cloning: (instance) => ask('cloning', instance),
    canEndConnections: (instance) => ask('canEndConnections', instance),
    canGiveAccount: (source) => ask('canGiveAccount', source),
    logFiles: (instance) => ask('logFiles', instance),
    logEvents: (instance, which) => ask('logEvents', instance, which),
    makeReady: async () => {},
    forget: () => {},
    rest: () => {},
    close: () => {},
  };
}
