import { z } from 'zod';
import { InstanceKey } from '../kernel/instance-key.ts';

/**
 * What came back from a step, as the journal keeps it and the machine hears it. A refusal is an
 * expected no; an error is what should not have happened; the codes tell a veto from a lost lease.
 */
export const Answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ok'), value: z.unknown() }),
  z.object({ kind: z.literal('refused'), code: z.string(), because: z.string() }),
  z.object({ kind: z.literal('error'), code: z.string(), because: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;

/**
 * The stages of orchestrator's hook lists, by the names of their configuration keys (orchestrator 3.2.6,
 * section 1.1), and two that its users asked for.
 */
export const HookStage = z.enum([
  'OnFailureDetectionProcesses',
  'PreGracefulTakeoverProcesses',
  'PreFailoverProcesses',
  'PostMasterFailoverProcesses',
  'PostIntermediateMasterFailoverProcesses',
  'PostFailoverProcesses',
  'PostUnsuccessfulFailoverProcesses',
  'PostGracefulTakeoverProcesses',
  'PostTakeMasterProcesses',
  'PostUnsuccessfulGracefulTakeoverProcesses',
  'OnAllClearProcesses',
  'SaveErrantCommand',
  'RebuildCommand',
]);
export type HookStage = z.infer<typeof HookStage>;

/** What a hook does, data already in its place. */
export const HookBody = z.discriminatedUnion('kind', [
  /** A script for ProcessesShellCommand, and what stands behind its name: `$1 $2` of PostTakeMasterProcesses. */
  z.object({ kind: z.literal('shell'), script: z.string(), args: z.array(z.string()).optional() }),
  /** A program and its arguments, without a shell. */
  z.object({ kind: z.literal('exec'), argv: z.array(z.string()) }),
  /** The facts are posted; the secret that signs them is in a variable of the controller's environment, null for none. */
  z.object({
    kind: z.literal('http'),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    secretVariable: z.string().nullable(),
  }),
]);
export type HookBody = z.infer<typeof HookBody>;

/** A hook of a stage as it will be run: data already quoted into the script, variables set. */
export const StagedHook = z.object({
  /** As the person wrote it. */
  command: z.string(),
  body: HookBody,
  variables: z.record(z.string(), z.string()),
  /** The facts as JSON, for standard input or the body of a request; null where the hook did not ask for them. */
  document: z.string().nullable(),
  /** Started and not waited for: it ended in `&`. */
  detached: z.boolean(),
  /** Null for no timeout. */
  timeoutMs: z.number().nullable(),
  /** Whether a failure ends the stage and vetoes. */
  mayVeto: z.boolean(),
  /** What becomes of a run whose outcome was lost: `ask` leaves it to a person. */
  onResume: z.enum(['rerun', 'skip', 'ask']),
  /** How long a person may take to answer an ask. */
  askMs: z.number(),
  retries: z.number(),
  /** Whether its exit codes have classes: 10 warns, 75 asks to be tried again. */
  exitClasses: z.boolean(),
  /** Why it must not be run at all: a value that cannot be kept from becoming code. Null where it may. */
  refused: z.string().nullable(),
});
export type StagedHook = z.infer<typeof StagedHook>;

/** How one run of one hook ended. */
export const HookOutcome = z.object({
  /** `exited` has a code, `signalled` a signal; `timed-out` was killed; `not-started` never ran; `unknown` could not be learned. */
  ended: z.enum(['exited', 'signalled', 'timed-out', 'not-started', 'unknown']),
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
  tookMs: z.number(),
  /** Standard output and error together, bounded; the cut is marked. */
  output: z.string(),
  /** One sentence where the hook did not run as it was written. */
  because: z.string().nullable(),
});
export type HookOutcome = z.infer<typeof HookOutcome>;

/**
 * What an outcome means for the stage: `warning` is no failure, `retry` is a failure that asks for
 * another attempt, `unknown` is nobody's to judge.
 */
export const HookClass = z.enum(['ok', 'warning', 'retry', 'failure', 'unknown']);
export type HookClass = z.infer<typeof HookClass>;

/** Commands that the configuration names and that are no hooks: their end is the answer of the step that runs them. */
export const CommandName = z.enum(['FenceCommand', 'RescueCommand', 'RescueApplyCommand', 'SignalCommand']);
export type CommandName = z.infer<typeof CommandName>;

/** A person's word about a hook whose outcome nobody knows: run it again, take it for done, or for failed. */
export const HookAnswer = z.enum(['rerun', 'skip', 'fail']);
export type HookAnswer = z.infer<typeof HookAnswer>;

/** What may stand in the journal of one run, in the one sequence that it is folded from. */
export const Entry = z.discriminatedUnion('kind', [
  /** The machine, in `state`, wants `step` done. */
  z.object({
    kind: z.literal('asked'),
    step: z.string(),
    state: z.string(),
    sentence: z.string(),
    input: z.unknown(),
  }),
  /** `to` is the seq of the asking. */
  z.object({ kind: z.literal('answered'), step: z.string(), to: z.number(), answer: Answer }),
  /** A server is about to be changed; `before` is what an undo needs to know. */
  z.object({
    kind: z.literal('act'),
    step: z.string(),
    instance: InstanceKey,
    verb: z.string(),
    order: z.unknown(),
    before: z.unknown(),
  }),
  /** `of` is the seq of the act. `skipped` says that the server was already as the act would make it. */
  z.object({
    kind: z.literal('acted'),
    of: z.number(),
    outcome: z.enum(['done', 'skipped', 'failed']),
    because: z.string().nullable(),
    /** What the server was sent, passwords hidden; what older builds wrote, and what failed, does not say. */
    statements: z.array(z.string()).optional(),
  }),
  /** The world is about to be told of the primary of a cluster, null for nobody; `before` is whom it was told of. */
  z.object({
    kind: z.literal('publish'),
    step: z.string(),
    cluster: z.string(),
    primary: InstanceKey.nullable(),
    before: InstanceKey.nullable(),
  }),
  /** `of` is the seq of the publication. */
  z.object({
    kind: z.literal('published'),
    of: z.number(),
    outcome: z.enum(['done', 'failed']),
    because: z.string().nullable(),
  }),
  /** A stage's list as it will be run, frozen: a reload of the configuration affects the next recovery. */
  z.object({ kind: z.literal('stage'), stage: HookStage, hooks: z.array(StagedHook) }),
  /** A hook is about to run; the key is stage, index and attempt within this run. */
  z.object({
    kind: z.literal('hook'),
    stage: HookStage,
    index: z.number(),
    of: z.number(),
    attempt: z.number(),
    command: z.string(),
    detached: z.boolean(),
    /** Milliseconds since 1970; null where the hook has no timeout. */
    deadline: z.number().nullable(),
    /** Tells one script from another: SHA-256 of what is run. */
    digest: z.string(),
  }),
  /** `run` is the seq of the hook. */
  z.object({ kind: z.literal('hooked'), run: z.number(), outcome: HookOutcome, class: HookClass }),
  /** A command that is no hook is about to run; `deadline` is milliseconds since 1970, `digest` as with a hook. */
  z.object({
    kind: z.literal('command'),
    name: CommandName,
    command: z.string(),
    deadline: z.number(),
    digest: z.string(),
  }),
  /** `run` is the seq of the command. */
  z.object({ kind: z.literal('commanded'), run: z.number(), outcome: HookOutcome }),
  /** Nobody saw how a run of a hook ended, and a person is asked what to do; `run` is its seq, `deadline` milliseconds since 1970. */
  z.object({ kind: z.literal('awaiting'), run: z.number(), deadline: z.number() }),
  z.object({
    kind: z.literal('approved'),
    run: z.number(),
    answer: HookAnswer,
    who: z.string(),
    why: z.string(),
  }),
  /** The machine wants `event` after a while: at `due`, milliseconds since 1970. */
  z.object({ kind: z.literal('timer'), id: z.string(), due: z.number() }),
  z.object({ kind: z.literal('fired'), id: z.string() }),
  /** A person's word to the machine. */
  z.object({ kind: z.literal('said'), event: z.string(), who: z.string(), why: z.string() }),
  /** A controller continues what another, or an earlier life of itself, began. */
  z.object({ kind: z.literal('resumed'), because: z.string() }),
  /** The machine left the state that asked; what the step did in the world is not known. `to` is the seq of the asking. */
  z.object({ kind: z.literal('abandoned'), step: z.string(), to: z.number(), because: z.string() }),
  z.object({ kind: z.literal('ended'), state: z.string(), sentence: z.string(), output: z.unknown() }),
]);
export type Entry = z.infer<typeof Entry>;

/** An entry in its place: `seq` counts from 1 (0 is the opening), `at` is milliseconds since 1970. */
export type JournalRecord = Entry & { readonly seq: number; readonly at: number; readonly token: number };
