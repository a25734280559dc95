import { z } from 'zod';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { listOf } from '../route.ts';

/** ISO 8601. */
export const Moment = z.string();
export const Sentences = listOf(z.string());

export const Gate = z.strictObject({ gate: z.string(), open: z.boolean(), because: z.string() });

/** Something was begun, and goes on by itself; its uid finds it. */
export const Begun = z.strictObject({ uid: z.string(), workflow: z.string() });
export const BegunRun = z.strictObject({ uid: z.string() });
export const Plan = z.strictObject({ plan: Sentences });

export const TakeoverPreview = z.strictObject({
  gates: listOf(Gate),
  successor: InstanceKey.nullable(),
  because: z.string(),
  comparisons: Sentences,
  donor: InstanceKey.nullable().optional(),
  plan: Sentences,
});

export const OperationPreview = z.strictObject({
  plan: Sentences,
  refusals: Sentences,
  gates: listOf(Gate),
});
export const RejoinPreview = z.strictObject({ gates: listOf(Gate), plan: Sentences });
