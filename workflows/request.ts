import { z } from 'zod';
import { InstanceKey } from '../src/kernel/instance-key.ts';

/** What a person asked for, and how; a run without one was begun by Baton itself. */
export const Request = z.object({
  /** orchestrator's name of the command, which hooks get as ORC_COMMAND: `graceful-master-takeover`, `recover`, … */
  command: z.string(),
  who: z.string(),
  why: z.string(),
  /** Filters, downtimes, the quiet time after a recovery and the disable flag do not hold it back. */
  isForced: z.boolean(),
  /** False for recover-lite: no hook of any stage is run. */
  runsHooks: z.boolean(),
  /** The replica that shall be the new primary; null leaves the choice to Baton. */
  designated: InstanceKey.nullable(),
});
export type Request = z.infer<typeof Request>;
