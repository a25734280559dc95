import type { InstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, isCheckValid } from '../../topology/snapshot.ts';

/**
 * What would be known just after the primary had died: nothing answers at its address, and those that receive from
 * it find that out. All else stays as it is, so whoever has stopped a thread or lags does so then too.
 */
export function asIfDead(members: readonly Instance[], primary: InstanceKey, now: number): Instance[] {
  return members.map((instance) => {
    if (instance.key === primary) return dead(instance, now);
    const replication = instance.server?.replication ?? null;
    if (instance.server === null || replication?.source !== primary || !isCheckValid(instance))
      return instance;
    const lost = { ...replication, ioThread: 'connecting' as const, lagSeconds: null };
    const lastIoError = `error connecting to master at ${primary}`;
    return replication.ioThread === 'running'
      ? { ...instance, server: { ...instance.server, replication: { ...lost, lastIoError } } }
      : instance;
  });
}

function dead(instance: Instance, now: number): Instance {
  const at = Math.max(now, instance.checks.seenAt + 1);
  const error = `${instance.key} refuses connections`;
  const checks = { ...instance.checks, checkedAt: at, attemptedAt: at, partial: false, error };
  return { ...instance, checks: { ...checks, echo: 'refused', unheardSince: at } };
}
