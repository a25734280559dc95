import { z } from 'zod';

/**
 * What a change of primary has cost the data (P8): nothing, and that is proven; at most the transactions that are
 * named; or nobody can know.
 */
export const DataVerdict = z.object({
  says: z.enum(['nothing-lost', 'at-most', 'unknown']),
  /** The sentence for whoever is paged, why it is so included. */
  because: z.string(),
  /** GTIDs, or file:position where there are none, of what may be lost; empty unless `at-most`. */
  missing: z.string(),
  /** How many those are; null where that cannot be counted. */
  count: z.number().nullable(),
});
export type DataVerdict = z.infer<typeof DataVerdict>;
