import { z } from 'zod';
import { Assessment } from '../../analysis/choice/assessment.ts';
import { HookClass, HookOutcome, HookStage, type JournalRecord } from '../../engine/record.ts';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { listOf } from '../route.ts';
import { Moment, Sentences } from './common.ts';

export const DataVerdict = z
  .strictObject({
    kind: z.enum(['nothing-lost', 'at-most', 'unknown']),
    lostAtMost: z.number().nullable(),
    listed: z.string(),
    because: z.string(),
  })
  .meta({ id: 'DataVerdict' });

export const Recovery = z
  .strictObject({
    uid: z.string(),
    kind: z.string(),
    cluster: z.string(),
    failed: InstanceKey,
    code: z.string(),
    state: z.string(),
    sentence: z.string(),
    successor: InstanceKey.nullable(),
    lost: listOf(z.strictObject({ instance: InstanceKey, because: z.string() })),
    dataVerdict: DataVerdict.nullable(),
    reason: z.string().nullable(),
    startedAt: Moment,
    endedAt: Moment.nullable(),
    acknowledged: z.string().nullable(),
    asked: z.strictObject({ command: z.string(), who: z.string(), why: z.string() }).nullable(),
  })
  .meta({ id: 'Recovery' });

/** A record of the journal. Its other fields go by its kind, and older builds wrote others. */
export const JournalRecordShape = z
  .custom<JournalRecord>((value) => typeof value === 'object' && value !== null && 'seq' in value)
  .meta({
    id: 'JournalRecord',
    type: 'object',
    required: ['kind', 'seq', 'at', 'token'],
    properties: {
      kind: { type: 'string' },
      seq: { type: 'integer' },
      at: { type: 'number', description: 'Milliseconds since 1970.' },
      token: { type: 'number' },
    },
  });

const Return = z.strictObject({
  instance: InstanceKey,
  at: Moment,
  state: z.string(),
  sentence: z.string(),
  reason: z.string().nullable(),
  assessment: Assessment.nullable(),
  saved: z.string().nullable(),
  rejoin: z
    .strictObject({ state: z.string(), sentence: z.string(), reason: z.string().nullable() })
    .nullable(),
});

export const RecoveryStory = z
  .strictObject({
    recovery: Recovery,
    suspicion: listOf(JournalRecordShape),
    records: listOf(JournalRecordShape),
    detection: listOf(JournalRecordShape),
    returns: listOf(Return),
  })
  .meta({ id: 'RecoveryStory' });

export const HookRun = z
  .strictObject({
    stage: HookStage,
    index: z.number(),
    of: z.number(),
    attempt: z.number(),
    command: z.string(),
    startedAt: Moment,
    /** Null while it runs. */
    ended: z.strictObject({ at: Moment, class: HookClass, outcome: HookOutcome }).nullable(),
  })
  .meta({ id: 'HookRun' });

export const RunReport = z.strictObject({
  uid: z.string(),
  state: z.string().nullable(),
  sentence: z.string().optional(),
  reason: z.string().nullable(),
  story: Sentences,
});

export const Cancelled = z.strictObject({
  uid: z.string(),
  workflow: z.string(),
  state: z.string(),
  sentence: z.string(),
  records: z.number(),
});
