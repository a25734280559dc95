import { isReplicating } from './observation.ts';
import { type Downtime, type Instance, isCheckValid } from './snapshot.ts';

const reason = 'lost-in-recovery';
const lastsMs = 365 * 24 * 3_600_000;

/** What keeps a failed primary from being found dead over and over (orchestrator 3.2.6, sections 3.2 step 7 and 3.12). */
export function lostInRecovery(now: number): Downtime {
  return { owner: 'baton', reason, until: now + lastsMs };
}

/** It was replaced as the primary, or what an older build kept says so by its downtime only. */
export function isLost({ downtime, replaced }: Instance): boolean {
  return replaced !== null || downtime?.reason === reason;
}

/** A downtime that a person has set, and not Baton itself for one that was lost. */
export function isPersons(downtime: Downtime): boolean {
  return downtime.reason !== reason;
}

/** Its time has come; or it was lost, and replicates again without taking writes. */
export function isDowntimeOver(instance: Instance, now: number): boolean {
  if (instance.downtime === null) return false;
  const follows = isCheckValid(instance) && isReplicating(instance.server);
  const isBack = isLost(instance) && follows && instance.server?.readOnly === true;
  return isBack || instance.downtime.until <= now;
}
