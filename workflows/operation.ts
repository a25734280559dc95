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
  /** Of its replicas the one that has most becomes the source of the others. */
  z.object({ verb: z.literal('regroup-replicas'), ...one }),
  /** Replicate from the source of its source, and be the source of its siblings. */
  z.object({ verb: z.literal('make-local-master'), ...one }),
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
  /** Find its place in its source's log by GTID, or by file and position. */
  z.object({ verb: z.literal('enable-gtid'), ...one }),
  z.object({ verb: z.literal('disable-gtid'), ...one }),
  /** Apply each transaction so many seconds late; 0 for at once. */
  z.object({
    verb: z.literal('delay-replication'),
    ...one,
    seconds: z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
  }),
  /** Begin another file of the binary log. */
  z.object({ verb: z.literal('flush-binary-logs'), ...one }),
  /** Remove what of the binary log is older than a file, `latest` for the one that is written; `force` asks no replica. */
  z.object({
    verb: z.literal('purge-binary-logs'),
    ...one,
    before: z.string().regex(/^[\w.-]+$/),
    force: z.boolean(),
  }),
  /** End what a connection of an application is asking now. */
  z.object({ verb: z.literal('kill-query'), ...one, connection: z.int().min(1) }),
  /** Leave out the transaction at which applying has stopped. */
  z.object({ verb: z.literal('skip-query'), ...one }),
  /** Write empty transactions on the primary for those that only this replica has. */
  z.object({ verb: z.literal('gtid-errant-inject-empty'), ...one }),
  /** Begin its binary log anew, without those that only it has. */
  z.object({ verb: z.literal('gtid-errant-reset-master'), ...one }),
]);
export type Operation = z.infer<typeof Operation>;
