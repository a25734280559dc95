import type { Cloning } from '../engine/ports.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { execute, type SimulatedServer } from './server.ts';

/** How long a pretended server takes to be a copy of another. */
const takesMs = 2_000;

export function beginCloning(server: SimulatedServer, donor: InstanceKey, now: number): void {
  server.cloning = { donor, until: now + takesMs, isDone: false };
}

/** Whether a copy is to be finished by now. */
export function isCopied({ alive, frozen, cloning }: SimulatedServer, now: number): boolean {
  return alive && !frozen && cloning !== null && !cloning.isDone && cloning.until <= now;
}

export function cloningOf({ cloning }: SimulatedServer): Cloning {
  const state = cloning === null ? 'absent' : cloning.isDone ? 'completed' : 'under way';
  return { state, error: '' };
}

/** It has exactly what another has, and replicates as little. */
export function copyOf(server: SimulatedServer, source: SimulatedServer): void {
  server.log.length = 0;
  server.executed.clear();
  for (const { write, at } of source.log) execute(server, write, at);
}
