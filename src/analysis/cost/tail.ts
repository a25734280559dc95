import { z } from 'zod';

/** What was read, by RescueCommand, of a dead primary's binary log behind what its replicas have received. */
export const Tail = z.object({
  /** Where it is filed. */
  file: z.string(),
  bytes: z.number(),
  /** The transactions in it; empty for none. */
  gtids: z.string(),
  /** Nothing is missing from it: the program that read it came to the end, and what the primary was known to have is there. */
  isWhole: z.boolean(),
});
export type Tail = z.infer<typeof Tail>;
