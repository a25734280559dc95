import { assign, setup } from 'xstate';
import { z } from 'zod';
import { DataVerdict } from '../src/analysis/cost/data-verdict.ts';
import { fencingLevels } from '../src/analysis/cost/fencing.ts';
import { Finding } from '../src/analysis/finding.ts';
import { LastMoments } from '../src/analysis/cost/last-moments.ts';
import { Tail } from '../src/analysis/cost/tail.ts';
import { InstanceKey } from '../src/kernel/instance-key.ts';
import { Cluster } from '../src/topology/cluster.ts';
import { Request } from './request.ts';
import {
  cancelledForGood,
  hookFailed,
  PutBack,
  remembered,
  withUndoFailed,
  withWhatIsLeft,
} from './reasons.ts';
import { actorsOf, failureOf, step, type Workflow, wasRefused } from './step.ts';

/** What a recovery is opened with: the finding that asked for it, the cluster it is about, and who wished it. */
export const RecoveryInput = z.object({
  finding: Finding,
  cluster: Cluster,
  /** Null where nobody did: Baton recovers by itself. */
  request: Request.nullable().default(null),
});
export type RecoveryInput = z.infer<typeof RecoveryInput>;

/** The replica that shall be, or is, the new primary, and why it and none of the others. */
export const Election = z.object({
  successor: InstanceKey,
  because: z.string(),
  comparisons: z.array(z.string()).readonly(),
  /** Who has received more than the successor, which fetches that from it before it takes writes; null where nobody has. */
  donor: InstanceKey.nullable().default(null),
  /** What promoting it costs the data, if it first applies all that it and its donor have; null where nobody has weighed it. */
  cost: DataVerdict.nullable().default(null),
  /** What it costs where the failed primary, which some accounts could still write to, turns out not to have moved since. */
  costIfStill: DataVerdict.nullable().optional(),
});
export type Election = z.infer<typeof Election>;

const Lost = z.object({ instance: InstanceKey, because: z.string() });

const FencingLevel = z.enum(fencingLevels);

/** All that a recovery knows of itself; the input of most of its steps. */
export const RecoveryStory = RecoveryInput.extend({
  successor: InstanceKey.nullable(),
  election: Election.nullable(),
  fencing: FencingLevel.nullable(),
  /** How long the failed primary is waited for to give up by itself, or to be fenced, before it is asked again, in milliseconds. */
  waitMs: z.number().optional(),
  lost: z.array(Lost).readonly(),
  /** What the successor had received and was promoted without, as GTIDs; empty where it had applied everything. */
  unapplied: z.string(),
  /** RescueApplyCommand is to give the candidate what was rescued. */
  restores: z.boolean().optional(),
  /** What it was given of it, as GTIDs; empty or absent for nothing. */
  restored: z.string().optional(),
  /** What the failover has cost the data; null before the successor takes writes. */
  verdict: DataVerdict.nullable(),
  /** The pre-failover hooks have begun to run, so the post-unsuccessful ones are owed if this comes to nothing. */
  prepared: z.boolean(),
  /** The sentence of a hook after the promotion that was to be heard and failed, or why the world could not be told of the successor. */
  hookFailure: z.string().nullable(),
  /** A server was told to be the primary, and nobody knows whether it takes writes: it must not be tried again unseen. */
  unsettled: z.boolean().optional(),
  /** A person has stopped it. */
  isCancelled: z.boolean().optional(),
  /** Why it did not end well, in the words of the step that said so. */
  reason: z.string().nullable(),
});
export type RecoveryStory = z.infer<typeof RecoveryStory>;

export const recoverySteps = {
  confirm: step(
    RecoveryStory,
    z.object({ holds: z.boolean(), because: z.string(), finding: Finding.nullable() }),
  ),
  preFailoverHooks: step(RecoveryStory, z.object({ ran: z.number() })),
  fence: step(
    RecoveryStory,
    z.object({
      level: FencingLevel,
      because: z.string(),
      measures: z
        .array(
          z.object({
            measure: z.enum(['read-only', 'withdrawal', 'command', 'time', 'host']),
            level: FencingLevel,
            because: z.string(),
          }),
        )
        .readonly()
        .default([]),
      /** What is known of the old primary from when it was last read; the verdict on the data rests on it. */
      moments: LastMoments.nullable().default(null),
      /** It is to be asked again after so many milliseconds, for the level that is wanted is reached then; 0 where it is. */
      waitMs: z.number().default(0),
    }),
  ),
  gather: step(
    RecoveryStory,
    z.object({ gathered: z.array(InstanceKey).readonly(), missing: z.array(Lost).readonly() }),
  ),
  rescue: step(
    RecoveryStory,
    z.object({
      because: z.string(),
      tail: Tail.nullable().default(null),
      /** It is to be given to the successor. */
      applies: z.boolean().default(false),
    }),
  ),
  elect: step(RecoveryStory, Election),
  catchUp: step(
    RecoveryStory,
    z.object({
      applied: z.boolean(),
      because: z.string(),
      // An older build never promoted one that had not applied everything.
      unapplied: z.string().default(''),
    }),
  ),
  fetch: step(RecoveryStory, z.object({ because: z.string() })),
  restore: step(RecoveryStory, z.object({ because: z.string(), gtids: z.string() })),
  promote: step(RecoveryStory, z.object({ coordinates: z.string().nullable() })),
  verify: step(
    RecoveryStory,
    z.object({ stands: z.enum(['promoted', 'half', 'not', 'unknown']), because: z.string() }),
  ),
  repoint: step(
    RecoveryStory,
    z.object({
      following: z.array(InstanceKey).readonly(),
      lost: z.array(Lost).readonly(),
      /** Why the world could not be told of the successor; null where it was, or nobody tells it. */
      unpublished: z.string().nullable().default(null),
    }),
  ),
  judge: step(RecoveryStory, DataVerdict),
  postPrimaryHooks: step(RecoveryStory, z.object({ ran: z.number() })),
  postFailoverHooks: step(RecoveryStory, z.object({ ran: z.number() })),
  undo: step(RecoveryStory, PutBack),
  postUnsuccessfulHooks: step(RecoveryStory, z.object({ ran: z.number() })),
};

/** What became of a recovery, for the journal's list and for whoever waits for it. */
export const RecoveryOutcome = z.object({
  successful: z.boolean(),
  successor: InstanceKey.nullable(),
  lost: z.array(Lost).readonly(),
  /** Null where nothing was promoted, and in what an older build wrote. */
  verdict: DataVerdict.nullable().default(null),
  /** Nobody knows whether a server takes writes by now that was told to. */
  unsettled: z.boolean().optional(),
  /** A person has stopped it, and says when it may be begun again. */
  isCancelled: z.boolean().optional(),
  reason: z.string().nullable(),
});

const machine = setup({
  types: {
    input: {} as RecoveryInput,
    context: {} as RecoveryStory,
    events: {} as { type: 'resumed' } | { type: 'cancel'; who: string; why: string },
    output: {} as z.infer<typeof RecoveryOutcome>,
  },
  actors: actorsOf(recoverySteps),
  guards: {
    isCancelled: ({ context }) => context.isCancelled === true,
    isCancelledUnprepared: ({ context }) => context.isCancelled === true && !context.prepared,
  },
  delays: {
    selfFencing: ({ context }) => context.waitMs ?? 0,
  },
  actions: {
    remember: assign({ reason: (_, params: { reason: string }) => params.reason }),
    cancel: assign({ isCancelled: true, reason: (_, params: { reason: string }) => params.reason }),
    /** The first of them is kept. */
    rememberHook: assign({
      hookFailure: ({ context }, params: { reason: string }) => context.hookFailure ?? params.reason,
    }),
  },
}).createMachine({
  id: 'recovery',
  options: { maxIterations: 100 },
  context: ({ input }) => ({
    finding: input.finding,
    cluster: input.cluster,
    request: input.request,
    successor: null,
    election: null,
    fencing: null,
    lost: [],
    unapplied: '',
    verdict: null,
    prepared: false,
    hookFailure: null,
    unsettled: false,
    isCancelled: false,
    reason: null,
  }),
  output: ({ context }) => ({
    successful: context.successor !== null && context.reason === null,
    successor: context.successor,
    lost: context.lost,
    verdict: context.verdict,
    unsettled: context.unsettled === true && context.successor === null,
    isCancelled: context.isCancelled === true,
    reason: context.reason ?? context.hookFailure,
  }),
  initial: 'preFailover',
  states: {
    preFailover: {
      description: 'Nothing has been changed yet on any server.',
      initial: 'confirming',
      on: {
        resumed: {
          target: '.confirming',
          description: 'What was seen before the interruption is history: look again.',
        },
        cancel: { target: 'postUnsuccessful.undoing', actions: cancelledForGood() },
      },
      states: {
        confirming: {
          description: 'Ask every server of the cluster again and see that the finding still holds.',
          invoke: {
            id: 'confirm',
            src: 'confirm',
            input: ({ context }) => context,
            onDone: [
              {
                guard: ({ event }) => event.output.holds,
                target: 'preparing',
                actions: assign(({ context, event }) => ({
                  finding: event.output.finding ?? context.finding,
                })),
              },
              {
                target: '#recovery.standingDown',
                actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
              },
            ],
            onError: { target: '#recovery.standingDown', actions: remembered() },
          },
        },
        preparing: {
          description:
            'Run PreFailoverProcesses; one that exits non-zero ends the recovery before anything is touched.',
          entry: assign({ prepared: true }),
          invoke: {
            id: 'preFailoverHooks',
            src: 'preFailoverHooks',
            input: ({ context }) => context,
            onDone: '#recovery.fencing',
            onError: [
              { guard: wasRefused, target: '#recovery.standingAside', actions: remembered() },
              { target: '#recovery.postUnsuccessful.announcing', actions: remembered() },
            ],
          },
        },
      },
    },
    fencing: {
      description:
        'Ask the failed primary once more: one that takes writes again is left alone; one that cannot be reached cannot be stopped from here.',
      on: {
        resumed: { target: 'preFailover.confirming' },
        cancel: { target: 'postUnsuccessful.undoing', actions: cancelledForGood() },
      },
      invoke: {
        id: 'fence',
        src: 'fence',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) => event.output.waitMs > 0,
            target: 'waitingOut',
            actions: assign(({ event }) => ({ waitMs: event.output.waitMs })),
          },
          {
            target: 'failover',
            actions: assign(({ event }) => ({ fencing: event.output.level })),
          },
        ],
        onError: [
          { guard: primaryIsBack, target: 'standingDown', actions: remembered() },
          { target: 'postUnsuccessful.undoing', actions: remembered() },
        ],
      },
    },
    waitingOut: {
      description:
        'Wait until the failed primary, which nobody reaches, has certainly given up by itself (SelfFencingSeconds), or another cluster manager has made sure that its host is off.',
      on: {
        resumed: { target: 'preFailover.confirming' },
        cancel: { target: 'postUnsuccessful.undoing', actions: cancelledForGood() },
      },
      after: { selfFencing: 'fencing' },
    },
    failover: {
      description: 'A successor is chosen and brought up to everything that any replica has received.',
      initial: 'gathering',
      on: {
        resumed: { target: 'preFailover.confirming' },
        cancel: { target: 'postUnsuccessful.undoing', actions: cancelledForGood() },
      },
      states: {
        gathering: {
          description:
            'Stop the receiving threads of all reachable replicas, so that what each has received is final. Applying goes on.',
          invoke: {
            id: 'gather',
            src: 'gather',
            input: ({ context }) => context,
            onDone: { target: 'rescuing', actions: assign(({ event }) => ({ lost: event.output.missing })) },
            onError: { target: '#recovery.postUnsuccessful.undoing', actions: remembered() },
          },
        },
        rescuing: {
          description:
            'Fetch what the failed primary has and no replica received, while its host still answers.',
          invoke: {
            id: 'rescue',
            src: 'rescue',
            input: ({ context }) => context,
            onDone: {
              target: 'electing',
              actions: assign(({ event }) => ({ restores: event.output.applies })),
            },
            onError: [
              { guard: primaryIsBack, target: '#recovery.standingDown', actions: remembered() },
              // What could not be rescued is no reason to stay without a primary; the data verdict names it.
              { target: 'electing' },
            ],
          },
        },
        electing: {
          description:
            'Choose the successor: the replica that has received most, then the one that suits best.',
          invoke: {
            id: 'elect',
            src: 'elect',
            input: ({ context }) => context,
            onDone: { target: 'catchingUp', actions: assign(({ event }) => ({ election: event.output })) },
            onError: { target: '#recovery.postUnsuccessful.undoing', actions: remembered() },
          },
        },
        catchingUp: {
          description: 'Wait until the candidate has applied everything it has received.',
          invoke: {
            id: 'catchUp',
            src: 'catchUp',
            input: ({ context }) => context,
            onDone: [
              {
                guard: ({ context }) => context.election?.donor == null && context.restores === true,
                target: 'restoring',
                actions: assign(({ event }) => ({ unapplied: event.output.unapplied })),
              },
              {
                guard: ({ context }) => context.election?.donor == null,
                target: '#recovery.promotion',
                actions: assign(({ event }) => ({ unapplied: event.output.unapplied })),
              },
              {
                target: 'fetching',
                actions: assign(({ event }) => ({ unapplied: event.output.unapplied })),
              },
            ],
            onError: { target: '#recovery.postUnsuccessful.undoing', actions: remembered() },
          },
        },
        fetching: {
          description: 'The candidate receives and applies what another replica has received and it has not.',
          invoke: {
            id: 'fetch',
            src: 'fetch',
            input: ({ context }) => context,
            onDone: [
              { guard: ({ context }) => context.restores === true, target: 'restoring' },
              { target: '#recovery.promotion' },
            ],
            onError: { target: '#recovery.postUnsuccessful.undoing', actions: remembered() },
          },
        },
        restoring: {
          description:
            'Run RescueApplyCommand, which gives the candidate what only the binary log of the failed primary had.',
          invoke: {
            id: 'restore',
            src: 'restore',
            input: ({ context }) => context,
            onDone: {
              target: '#recovery.promotion',
              actions: assign(({ event }) => ({ restored: event.output.gtids })),
            },
            // It stays filed, and the data verdict names it.
            onError: '#recovery.promotion',
          },
        },
      },
    },
    promotion: {
      description: 'The candidate becomes the primary of the cluster.',
      initial: 'promoting',
      on: {
        resumed: {
          target: '.verifying',
          description: 'It may have been promoted before the interruption: look.',
        },
        cancel: {
          description:
            'the candidate is being told to take writes; once it does, the other replicas are pointed at it and the hooks after a failover run, for stopping between would leave a primary that nobody follows or knows of',
        },
      },
      states: {
        promoting: {
          description: 'Cut the candidate loose from its dead source and let it take writes.',
          entry: assign({ unsettled: true }),
          invoke: {
            id: 'promote',
            src: 'promote',
            input: ({ context }) => context,
            onDone: 'promoted',
            onError: [
              { guard: primaryIsBack, target: '#recovery.standingDown', actions: remembered() },
              { target: 'verifying', actions: remembered() },
            ],
          },
        },
        verifying: {
          description: 'See on the servers themselves whether the candidate is the primary.',
          invoke: {
            id: 'verify',
            src: 'verify',
            input: ({ context }) => context,
            onDone: [
              {
                guard: ({ event }) => event.output.stands === 'promoted',
                target: 'promoted',
                actions: assign({ reason: null }),
              },
              // It was promoted before the interruption; what has become of it since is another failure.
              { guard: ({ context }) => context.successor !== null, target: 'promoted' },
              {
                guard: ({ event }) => event.output.stands === 'unknown',
                target: '#recovery.postUnsuccessful.undoing',
                actions: assign(({ context, event }) => ({ reason: context.reason ?? event.output.because })),
              },
              {
                guard: ({ context, event }) => context.reason === null && event.output.stands === 'half',
                target: 'promoting',
              },
              {
                guard: ({ context }) => context.reason === null,
                target: '#recovery.preFailover.confirming',
                actions: assign({ unsettled: false }),
              },
              {
                target: '#recovery.postUnsuccessful.undoing',
                actions: assign(({ event }) => ({ unsettled: event.output.stands !== 'not' })),
              },
            ],
            onError: [
              { guard: ({ context }) => context.successor !== null, target: 'promoted' },
              { target: '#recovery.postUnsuccessful.announcing', actions: remembered() },
            ],
          },
        },
        promoted: { type: 'final', description: 'The successor takes writes.' },
      },
      onDone: {
        target: 'postSuccess',
        actions: assign(({ context }) => ({ successor: context.election?.successor ?? null })),
      },
    },
    postSuccess: {
      description: 'The cluster has a primary again; the rest follows it, and the world is told.',
      initial: 'repointing',
      on: {
        resumed: { target: 'promotion.verifying' },
        cancel: {
          description:
            'the successor takes writes, which cannot be put back; the other replicas are still to be pointed at it and the hooks after a failover to be run, and whoever wants another primary makes a takeover afterwards',
        },
      },
      states: {
        repointing: {
          description: 'Point the other replicas at the successor, all at once.',
          invoke: {
            id: 'repoint',
            src: 'repoint',
            input: ({ context }) => context,
            onDone: {
              target: 'judging',
              actions: assign(({ context, event }) => ({
                lost: event.output.lost,
                hookFailure: context.hookFailure ?? event.output.unpublished,
              })),
            },
            onError: 'judging',
          },
        },
        judging: {
          description:
            'Say what the failover has cost: nothing, these transactions at most, or that nobody can know.',
          invoke: {
            id: 'judge',
            src: 'judge',
            input: ({ context }) => context,
            onDone: {
              target: 'announcingPrimary',
              actions: assign(({ event }) => ({ verdict: event.output })),
            },
            onError: 'announcingPrimary',
          },
        },
        announcingPrimary: {
          description:
            'Run PostMasterFailoverProcesses: this is where proxies and names learn of the successor.',
          invoke: {
            id: 'postPrimaryHooks',
            src: 'postPrimaryHooks',
            input: ({ context }) => context,
            onDone: 'announcing',
            onError: { target: 'announcing', actions: hookFailed() },
          },
        },
        announcing: {
          description: 'Run PostFailoverProcesses.',
          invoke: {
            id: 'postFailoverHooks',
            src: 'postFailoverHooks',
            input: ({ context }) => context,
            onDone: [
              { guard: ({ context }) => context.hookFailure === null, target: '#recovery.recovered' },
              { target: '#recovery.recoveredWithFailedHooks' },
            ],
            onError: { target: '#recovery.recoveredWithFailedHooks', actions: hookFailed() },
          },
        },
      },
    },
    postUnsuccessful: {
      description: 'No successor: put back what was changed, and say so.',
      initial: 'undoing',
      on: {
        cancel: { description: 'it has come to nothing by now, and what it has changed is being put back' },
      },
      states: {
        undoing: {
          description: 'Let the replicas receive again from their source, as they did before.',
          on: { resumed: { target: 'undoing', reenter: true } },
          invoke: {
            id: 'undo',
            src: 'undo',
            input: ({ context }) => context,
            onDone: {
              target: 'announcing',
              actions: assign(({ context, event: { output } }) => ({
                unsettled: context.unsettled === true && output.left.length > 0,
                reason: withWhatIsLeft(context.reason, output),
              })),
            },
            onError: {
              target: 'announcing',
              actions: assign((args) => ({ reason: withUndoFailed(args.context.reason, args) })),
            },
          },
        },
        announcing: {
          description: 'Run PostUnsuccessfulFailoverProcesses.',
          on: { resumed: { target: 'announcing', reenter: true } },
          // Whoever was told of nothing need not hear that it was cancelled.
          always: { guard: 'isCancelledUnprepared', target: '#recovery.cancelled' },
          invoke: {
            id: 'postUnsuccessfulHooks',
            src: 'postUnsuccessfulHooks',
            input: ({ context }) => context,
            onDone: [{ guard: 'isCancelled', target: '#recovery.cancelled' }, { target: '#recovery.failed' }],
            onError: [
              { guard: 'isCancelled', target: '#recovery.cancelled' },
              { target: '#recovery.failed' },
            ],
          },
        },
      },
    },
    standingDown: {
      description: 'The failure is gone: put back whatever was changed.',
      initial: 'undoing',
      on: { cancel: { description: 'the failure is gone, and what was changed is being put back' } },
      states: {
        undoing: {
          description: 'The failure is gone: let the replicas receive again where they were stopped.',
          on: { resumed: { target: 'undoing', reenter: true } },
          invoke: {
            id: 'standDown',
            src: 'undo',
            input: ({ context }) => context,
            onDone: [
              {
                guard: ({ context }) => context.prepared,
                target: 'announcing',
                actions: assign(({ context, event }) => ({
                  reason: withWhatIsLeft(context.reason, event.output),
                })),
              },
              { target: '#recovery.notNeeded' },
            ],
            onError: {
              target: '#recovery.postUnsuccessful.announcing',
              actions: assign((args) => ({ reason: withUndoFailed(args.context.reason, args) })),
            },
          },
        },
        announcing: {
          description:
            'Run PostUnsuccessfulFailoverProcesses, for PreFailoverProcesses were run and no failover followed.',
          on: { resumed: { target: 'announcing', reenter: true } },
          invoke: {
            id: 'standDownHooks',
            src: 'postUnsuccessfulHooks',
            input: ({ context }) => context,
            onDone: '#recovery.notNeeded',
            onError: '#recovery.notNeeded',
          },
        },
      },
    },
    standingAside: {
      description:
        'A pre-failover hook said no: run PostUnsuccessfulFailoverProcesses, for no failover follows.',
      on: {
        resumed: { target: 'standingAside', reenter: true },
        cancel: { description: 'a hook has said no to it already' },
      },
      invoke: {
        id: 'standAsideHooks',
        src: 'postUnsuccessfulHooks',
        input: ({ context }) => context,
        onDone: 'vetoed',
        onError: 'vetoed',
      },
    },
    recovered: { type: 'final', description: 'A successor serves the cluster.' },
    recoveredWithFailedHooks: {
      type: 'final',
      description:
        'A successor serves the cluster; a hook or a publication that had to work did not, so somebody may not know of it.',
    },
    failed: { type: 'final', description: 'No successor serves the cluster; a person is needed.' },
    cancelled: {
      type: 'final',
      description: 'A person has cancelled it; this failure is left alone until a person says otherwise.',
    },
    vetoed: {
      type: 'final',
      description:
        'A pre-failover hook said no; nothing was touched. What nobody asked for is tried again later.',
    },
    notNeeded: {
      type: 'final',
      description: 'The failure was gone when we looked again; the old primary goes on.',
    },
  },
});

function primaryIsBack(args: { event: { error: unknown } }): boolean {
  return failureOf(args).code === 'primary-back';
}

/** Whether the recovery with this end gave its cluster a new primary. */
export function isRecovered(state: string): boolean {
  return state === 'recovered' || state === 'recoveredWithFailedHooks';
}

/**
 * The life of one recovery of a dead primary, from the claim to the last hook. Read the states from
 * top to bottom: that is the order in which things happen when all goes well.
 */
export const recovery: Workflow<typeof recoverySteps> = {
  name: 'recovery',
  machine,
  steps: recoverySteps,
  grave: ['failed', 'cancelled', 'vetoed', 'recoveredWithFailedHooks'],
};
