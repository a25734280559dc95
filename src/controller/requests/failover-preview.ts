import type { RecoveryInput } from '../../../workflows/recovery.ts';
import { successionOf } from '../../analysis/choice/succession.ts';
import { type Gate, overruled } from '../../analysis/gates/gates.ts';
import type { TakeoverAnswer } from '../../analysis/gates/takeover-gates.ts';
import { planLines } from '../../steps/plan-lines.ts';
import { failoverPlan } from '../../steps/recovery/failover-plan.ts';
import { lookAt, type StepWorld } from '../../steps/step-world.ts';
import { newInstance } from '../../topology/snapshot.ts';

/** How every gate of a takeover stands, who would be the new primary, and what would be done, a sentence each. */
export interface TakeoverPreview extends TakeoverAnswer {
  /** Empty where nothing would be done. */
  readonly plan: readonly string[];
}

/** Whom a failover would promote by what the replicas say now, and what it would do; nothing is touched. */
export async function failoverPreview(
  world: StepWorld,
  input: RecoveryInput,
  { gates, now }: { gates: readonly Gate[]; now: number },
): Promise<TakeoverPreview> {
  const { cluster, finding, request } = input;
  const { inventory, hooks, settings } = world;
  await lookAt(world, [finding.instance, ...finding.replicas], new AbortController().signal);
  const members = inventory.members(cluster.id);
  const primary = members.find(({ key }) => key === finding.instance) ?? newInstance(finding.instance);
  const among = members.filter(({ key }) => !finding.replicas.includes(key) || key === request?.designated);
  const succession = successionOf(primary, request?.designated == null ? members : among, {
    now,
    rules: settings.promotion,
  });
  const answer = { comparisons: [], donor: null, ...succession, gates };
  const { successor, donor } = answer;
  if (successor === null) return { ...answer, plan: [] };
  const plan = failoverPlan(
    input,
    { successor, donor },
    {
      hasHooks: (stage) => request?.runsHooks !== false && hooks.has(stage),
      hasFenceCommand: settings.fenceCommand !== null,
    },
  );
  return { ...answer, plan: await planLines(world, plan) };
}

/** The gates as they stand for a person: what restrains only Baton itself is open, and says so. */
export function asAsked(gates: readonly Gate[]): readonly Gate[] {
  return gates.map((one) =>
    one.open || !overruled.has(one.gate)
      ? one
      : { ...one, open: true, because: `${one.because}; what a person asks for is done all the same` },
  );
}
