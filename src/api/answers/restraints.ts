import { z } from 'zod';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { listOf } from '../route.ts';
import { Moment } from './common.ts';

const Restrained = z.strictObject({
  instance: InstanceKey,
  who: z.string(),
  why: z.string(),
  until: Moment,
});

export const Restraints = z
  .strictObject({
    disabled: z.strictObject({ who: z.string(), why: z.string(), at: z.number() }).nullable(),
    downtimes: listOf(Restrained),
    maintenance: listOf(Restrained),
  })
  .meta({ id: 'Restraints' });
