import { z } from 'zod';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { Sentences } from './common.ts';

export const Publication = z.strictObject({
  cluster: z.string(),
  primary: InstanceKey.nullable(),
  outcome: z.enum(['right', 'mended', 'untold', 'nowhere', 'failed']),
  because: z.string().nullable(),
});

export const PublicationPreview = z.strictObject({
  cluster: z.string(),
  primary: InstanceKey.nullable(),
  because: z.string().nullable(),
  lines: Sentences,
});
