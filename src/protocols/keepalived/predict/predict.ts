import { type Call, callsFor, type Mail, mailFor, type Told } from '../router/calls.ts';
import type { Profile, RouterPlan } from '../router/plan.ts';
import type { Fault } from './faults.ts';
import { Lan } from './lan.ts';

/** One line of a router's FIFO, and the scripts that are called before it is written. */
export interface Predicted {
  readonly atMs: number;
  readonly router: string;
  readonly profile: Profile;
  readonly told: Told;
  readonly calls: readonly Call[];
  readonly mail: Mail | null;
}

/** What some routers on one network will tell until `untilMs`, in its order. */
export function predict(
  plans: readonly RouterPlan[],
  faults: readonly Fault[],
  untilMs: number,
): readonly Predicted[] {
  const found: Predicted[] = [];
  const byId = new Map(plans.map((plan) => [plan.id, plan]));
  const lan = new Lan(plans, ({ atMs, router, act }) => {
    const plan = byId.get(router);
    if (act.act !== 'tell' || plan === undefined) return;
    const { told } = act;
    const { profile } = plan;
    found.push({
      atMs,
      router,
      profile,
      told,
      calls: callsFor(profile, act.plan.calls, told),
      mail: act.plan.mails ? mailFor(profile, plan.mail, told) : null,
    });
  });
  for (const fault of faults) lan.enter(fault);
  lan.runTo(untilMs);
  return found;
}
