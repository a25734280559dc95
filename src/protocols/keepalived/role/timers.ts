import type { RolePlan, RoleState } from './plan.ts';

/**
 * The lower the priority the longer it waits. In version 2 the advert interval does not matter (RFC 3768), in version 3
 * it is that of the master (RFC 5798).
 */
export function skewMs(plan: RolePlan, priority: number, masterAdvertMs: number): number {
  return ((256 - priority) * (plan.version === 2 ? 1_000 : masterAdvertMs)) / 256;
}

/** After how long without adverts a backup becomes master. */
export function masterDownMs(plan: RolePlan, { priority, masterAdvertMs }: Waiting): number {
  return plan.downAdverts * masterAdvertMs + skewMs(plan, priority, masterAdvertMs);
}

/** When the next advert is due: a master that is called late does not drift, unless it missed a whole interval. */
export function nextAdvertMs(plan: RolePlan, dueAtMs: number | null, nowMs: number): number {
  const next = (dueAtMs ?? nowMs) + plan.advertMs;
  return next > nowMs ? next : nowMs + plan.advertMs;
}

type Waiting = Pick<RoleState, 'priority' | 'masterAdvertMs'>;
