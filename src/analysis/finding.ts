import { z } from 'zod';
import { InstanceKey } from '../kernel/instance-key.ts';
import { Echo } from '../topology/observation.ts';

/** What Baton would do about a finding (orchestrator 3.2.6, section 3.1). */
export const Treatment = z.enum([
  'dead-primary',
  'dead-intermediate',
  'dead-co-primary',
  'dead-group-member',
  'semi-sync',
  'non-writeable-primary',
  /** Said to the OnFailureDetection hooks, never acted upon. */
  'announce',
  'none',
]);
export type Treatment = z.infer<typeof Treatment>;

/**
 * What is asked at once to learn more, whatever may be done later (orchestrator 3.2.6, section 2.6): look at the
 * instance again, look at its source, or find out from its replicas whether they can reach it.
 */
export const Emergency = z.enum(['look-again', 'look-at-source', 'ask-replicas', 'none']);
export type Emergency = z.infer<typeof Emergency>;

/** Something that Baton saw beyond orchestrator's table, by a code of its own and in one sentence. */
export const Trouble = z.object({ code: z.string(), because: z.string() });
export type Trouble = z.infer<typeof Trouble>;

/** What analysis says of one instance. The field names are the field's words; the codes are orchestrator's. */
export const Finding = z.object({
  /** orchestrator's code, `DeadMaster`; `NoProblem` where only structure warnings apply. */
  code: z.string(),
  /** orchestrator's sentence for the code, as hooks get it. */
  description: z.string(),
  treatment: Treatment,
  // What an older build wrote does not say.
  emergency: Emergency.default('none'),
  instance: InstanceKey,
  clusterName: z.string(),
  instanceType: z.enum(['co-master', 'group-member', 'master', 'intermediate-master']),
  isPrimary: z.boolean(),
  isCoPrimary: z.boolean(),
  /** Sorted by host, then port. */
  replicas: z.array(InstanceKey),
  validReplicas: z.number(),
  replicatingReplicas: z.number(),
  /** Replicas whose receiving thread is connected to the instance, though they may not apply. */
  connectedReplicas: z.number(),
  /** Replicas that try to connect to the instance and have not succeeded. */
  tryingReplicas: z.number(),
  /** What came back from the instance when it was last looked at. */
  echo: Echo,
  /** Why that look did not read everything, in a sentence that names the instance; null where it did, or none was made. */
  words: z.string().nullable(),
  /** Codes of structure warnings, in orchestrator's order. */
  warnings: z.array(z.string()),
  /** What orchestrator has no code for. */
  troubles: z.array(Trouble).default([]),
  isDowntimed: z.boolean(),
  /** Not to be acted upon, nor announced, because of a downtime. */
  skippedForDowntime: z.boolean(),
  /** The facts the row was chosen by, for the sentence of an explanation. */
  evidence: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** Findings that ask for something to be done, apart from being announced. */
export function isActionable({ treatment }: Finding): boolean {
  return treatment !== 'none' && treatment !== 'announce';
}
