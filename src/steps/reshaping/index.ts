/** `baton/operations`: how a topology that works would be changed, and every reason against it; nothing is touched. */
export { Operation } from '../../../workflows/operation.ts';
export { type ReplicationRules, whyNotReplicate } from '../../analysis/choice/can-replicate.ts';
export { planText } from '../../engine/plan.ts';
export type { Order } from '../../engine/ports.ts';
export { planOf } from './plan.ts';
export type { Action, ReshapingPlan, Shape } from './shape.ts';
