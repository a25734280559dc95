import { z } from 'zod';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { promotionRules } from '../../topology/snapshot.ts';
import { listOf } from '../route.ts';
import { Moment, Sentences } from './common.ts';

/** Each `name=value`. */
export const Tags = Sentences;
export const TaggedInstance = z
  .strictObject({ instance: InstanceKey, tags: Tags })
  .meta({ id: 'TaggedInstance' });
export const Untagged = z.strictObject({ untagged: listOf(InstanceKey) });

export const Candidate = z
  .strictObject({ instance: InstanceKey, rule: z.enum(promotionRules), until: Moment.nullable() })
  .meta({ id: 'Candidate' });

export const PooledInstance = z
  .strictObject({
    pool: z.string(),
    instance: InstanceKey,
    clusterId: z.string(),
    clusterName: z.string(),
    clusterAlias: z.string(),
  })
  .meta({ id: 'PooledInstance' });

export const AuditEntry = z
  .strictObject({
    uid: z.string(),
    at: Moment,
    type: z.string(),
    instance: InstanceKey.nullable(),
    cluster: z.string(),
    by: z.string(),
    message: z.string(),
  })
  .meta({ id: 'AuditEntry' });

/** What analysis came to say of an instance, the oldest first. */
export const Changed = z
  .strictObject({
    instance: InstanceKey,
    changes: listOf(z.strictObject({ at: Moment, codes: Sentences })),
  })
  .meta({ id: 'Changed' });
