import { z } from 'zod';

/**
 * A replication cluster. `id` is Baton's own and stays when the primary changes; `name` is
 * orchestrator's, the primary's host:port, and does not.
 */
export const Cluster = z.object({
  id: z.string(),
  name: z.string(),
  /** The alias, or the name where there is none (orchestrator 3.2.6, section 1.4). */
  alias: z.string(),
  /** The domain name, or the name where there is none. */
  domain: z.string(),
});
export type Cluster = z.infer<typeof Cluster>;
