import type { Lease } from '../engine/ports.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Instance } from '../topology/snapshot.ts';

/** A new controller waits so long, at most, for every instance it knows to be looked at once. */
const graceMs = 30_000;

/** What may hold Baton back beside the servers and the journal: people's words, its own start, its right to act. */
export interface Holds {
  /** Who has forbidden all recoveries, when and why; null where nobody has. */
  disabledBecause(): string | null;
  /** Who works on an instance, and why; null where nobody has said so. */
  maintenanceOf(instance: InstanceKey): string | null;
  /** When a person last let the brake go, in milliseconds since 1970; recoveries from before do not count. */
  brakeReleasedAt(): number;
  /** When this life of the controller began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long the right to act lasts, by the monotonic clock. */
  leaseMs(): number;
}

/** Instances that this life of the controller has not looked at, and for how long they are still waited for. */
export function unseenAmong(
  instances: readonly Instance[],
  { startedAt }: Pick<Holds, 'startedAt'>,
  now: number,
): { count: number; waitMs: number } {
  const count = instances.filter(({ checks }) => checks.checkedAt < startedAt).length;
  return { count, waitMs: startedAt + graceMs - now };
}

/** The words of people with what only the controller knows of itself. */
export function holdsOf(
  people: Pick<Holds, 'disabledBecause' | 'maintenanceOf' | 'brakeReleasedAt'>,
  lease: Lease,
  startedAt: number,
): Holds {
  return {
    disabledBecause: () => people.disabledBecause(),
    maintenanceOf: (instance) => people.maintenanceOf(instance),
    brakeReleasedAt: () => people.brakeReleasedAt(),
    startedAt,
    leaseMs: () => lease.remainingMs(),
  };
}
