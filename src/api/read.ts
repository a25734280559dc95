import { z } from 'zod';
import { BatonError } from '../kernel/errors.ts';

/** What was sent, as its schema has it. Throws `usage`, which names each field that does not fit. */
export function read<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BatonError('usage', z.prettifyError(result.error));
}
