import { z } from 'zod';
import { InstanceKey } from '../src/kernel/instance-key.ts';

const one = { instance: InstanceKey };
const below = { instance: InstanceKey, below: InstanceKey };

/** What a person may ask of a topology that works, in orchestrator's words for it (orchestrator 3.2.6, section 5.3). */
export const Operation = z.discriminatedUnion('verb', [
  /** Replicate from `below`, wherever both stand now. */
  z.object({ verb: z.literal('relocate'), ...below }),
  /** All replicas of the instance replicate from `below`. */
  z.object({ verb: z.literal('relocate-replicas'), ...below }),
  /** Follow `below` from where it stands, be its content looked at or not; the source it has where none is named. */
  z.object({ verb: z.literal('repoint'), instance: InstanceKey, below: InstanceKey.nullable() }),
  /** Replicate from the source of its source. */
  z.object({ verb: z.literal('move-up'), ...one }),
  z.object({ verb: z.literal('move-up-replicas'), ...one }),
  /** Replicate from a sibling. */
  z.object({ verb: z.literal('move-below'), ...below }),
  /** All its siblings replicate from it. */
  z.object({ verb: z.literal('take-siblings'), ...one }),
  /** Change places with its source, which has a source of its own. */
  z.object({ verb: z.literal('take-master'), ...one }),
  /** The primary, its source, replicates from it as well. */
  z.object({ verb: z.literal('make-co-master'), ...one }),
  z.object({ verb: z.literal('detach-replica'), ...one }),
  z.object({ verb: z.literal('reattach-replica'), ...one }),
  z.object({ verb: z.literal('set-read-only'), ...one }),
  z.object({ verb: z.literal('set-writeable'), ...one }),
  z.object({ verb: z.literal('start-replica'), ...one }),
  z.object({ verb: z.literal('stop-replica'), ...one }),
  /** Stop receiving, apply all that was received, and stop applying. */
  z.object({ verb: z.literal('stop-replica-nice'), ...one }),
  /** Forget the source. */
  z.object({ verb: z.literal('reset-replica'), ...one }),
  z.object({ verb: z.literal('enable-semi-sync-master'), ...one }),
  z.object({ verb: z.literal('disable-semi-sync-master'), ...one }),
  z.object({ verb: z.literal('enable-semi-sync-replica'), ...one }),
  z.object({ verb: z.literal('disable-semi-sync-replica'), ...one }),
  /** Leave out the transaction at which applying has stopped. */
  z.object({ verb: z.literal('skip-query'), ...one }),
  /** Write empty transactions on the primary for those that only this replica has. */
  z.object({ verb: z.literal('gtid-errant-inject-empty'), ...one }),
  /** Begin its binary log anew, without those that only it has. */
  z.object({ verb: z.literal('gtid-errant-reset-master'), ...one }),
]);
export type Operation = z.infer<typeof Operation>;
