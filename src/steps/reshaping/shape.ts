import type { ReplicationRules } from '../../analysis/choice/can-replicate.ts';
import type { Gate } from '../../analysis/gates/gates.ts';
import type { Planned } from '../../engine/plan.ts';
import type { Order } from '../../engine/ports.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, isCheckValid } from '../../topology/snapshot.ts';

/** One thing to do, in its order: something asked of a server, or that one server has all that another holds. */
export type Action = Exclude<Planned, { kind: 'said' }>;

export interface ReshapingPlan {
  readonly actions: readonly Action[];
  /** Every reason against it, a sentence each; empty where it can be done. */
  readonly refusals: readonly string[];
  /** Every condition, those that hold too; left out by what tells its reasons only. */
  readonly gates?: readonly Gate[];
}

/** What is known of the cluster that is to be reshaped. */
export interface Shape {
  readonly members: readonly Instance[];
  readonly rules: ReplicationRules;
}

export function ordered(...orders: readonly Order[]): ReshapingPlan {
  return { refusals: [], actions: orders.map((order) => ({ kind: 'order', order })) };
}

export function refused(because: string): ReshapingPlan {
  return { refusals: [because], actions: [] };
}

export function noSource(instance: InstanceKey): ReshapingPlan {
  return refused(`${instance} replicates from nothing`);
}

export function find({ members }: Shape, key: InstanceKey | null): Instance | null {
  return members.find((one) => one.key === key) ?? null;
}

export function sourceOf({ server }: Instance): InstanceKey | null {
  return server?.replication?.source ?? null;
}

/** Why nothing can be said of it, where nothing can. */
export function whyUnread(one: Instance): readonly string[] {
  return isCheckValid(one) ? [] : [`${one.key} cannot be read: ${one.checks.error ?? 'it does not answer'}`];
}
