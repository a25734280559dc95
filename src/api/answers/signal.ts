import { z } from 'zod';
import { HostSignal } from '../../analysis/host-signal.ts';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { listOf } from '../route.ts';
import { Moment } from './common.ts';

/** What another system told of a node. */
export const Signal = z
  .strictObject({
    from: HostSignal.shape.from,
    node: z.string(),
    instances: listOf(InstanceKey),
    at: Moment,
    heardAt: Moment,
    because: z.string(),
    says: HostSignal.shape.says.nullable(),
  })
  .meta({ id: 'Signal' });
