import { z } from 'zod';
import { Finding } from '../../analysis/finding.ts';
import { Verdict } from '../../analysis/verdict.ts';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { listOf } from '../route.ts';
import { Moment, Sentences } from './common.ts';
import { Recovery } from './recovery.ts';
import { Signal } from './signal.ts';

const named = { id: z.string(), name: z.string(), alias: z.string() };

export const Readiness = z
  .strictObject({
    ...named,
    score: z.number(),
    reasons: listOf(
      z.strictObject({ code: z.string(), costs: z.number(), because: z.string(), remedy: z.string() }),
    ),
  })
  .meta({ id: 'Readiness' });

export const Succession = z
  .strictObject({
    ...named,
    successor: InstanceKey.nullable(),
    because: z.string(),
    comparisons: Sentences,
    donor: InstanceKey.nullable(),
  })
  .meta({ id: 'Succession' });

export const Explanation = z
  .strictObject({
    ...named,
    asked: z
      .strictObject({
        instance: InstanceKey,
        code: z.string(),
        evidence: z.string(),
        isSupposed: z.boolean(),
      })
      .nullable(),
    gates: listOf(
      z.strictObject({
        gate: z.string(),
        state: z.enum(['open', 'shut', 'later']),
        because: z.string(),
        since: Moment,
        sinceAtLeast: z.boolean(),
      }),
    ),
    findings: listOf(Finding),
    succession: z.object({
      successor: InstanceKey.nullable(),
      because: z.string(),
      comparisons: Sentences,
    }),
    signals: listOf(Signal),
    lastDetection: Recovery.nullable(),
    lastRecovery: Recovery.nullable(),
  })
  .meta({ id: 'Explanation' });

export const InstanceVerdict = Verdict.meta({ id: 'Verdict' });
