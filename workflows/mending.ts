import { assign, setup } from 'xstate';
import { z } from 'zod';
import { Finding } from '../src/analysis/finding.ts';
import { InstanceKey } from '../src/kernel/instance-key.ts';
import { RecoveryInput, type RecoveryOutcome } from './recovery.ts';
import {
  cancelledForGood,
  hookFailed,
  PutBack,
  remembered,
  withUndoFailed,
  withWhatIsLeft,
} from './reasons.ts';
import { actorsOf, step, type Workflow, wasRefused } from './step.ts';

/** One setting of one server that is changed, and why. */
export const Change = z.object({
  instance: InstanceKey,
  to: z.enum(['writable', 'semi-sync on', 'semi-sync off', 'semi-sync again']),
  because: z.string(),
});
export type Change = z.infer<typeof Change>;

/** All that a mending knows of itself; the input of its steps. */
export const MendingStory = RecoveryInput.extend({
  changes: z.array(Change).readonly(),
  /** The primary itself once it is mended; null before. */
  successor: InstanceKey.nullable(),
  /** The pre-failover hooks have begun to run, so the post-unsuccessful ones are owed if this comes to nothing. */
  prepared: z.boolean(),
  hookFailure: z.string().nullable(),
  /** A person has stopped it. */
  isCancelled: z.boolean().optional(),
  reason: z.string().nullable(),
});
export type MendingStory = z.infer<typeof MendingStory>;

const Ran = z.object({ ran: z.number() });

export const mendingSteps = {
  confirm: step(
    MendingStory,
    z.object({ holds: z.boolean(), because: z.string(), finding: Finding.nullable() }),
  ),
  preFailoverHooks: step(MendingStory, Ran),
  plan: step(MendingStory, z.object({ changes: z.array(Change).readonly(), because: z.string() })),
  change: step(MendingStory, z.object({ because: z.string() })),
  verify: step(MendingStory, z.object({ because: z.string() })),
  postFailoverHooks: step(MendingStory, Ran),
  undo: step(MendingStory, PutBack),
  postUnsuccessfulHooks: step(MendingStory, Ran),
};

const machine = setup({
  types: {
    input: {} as RecoveryInput,
    context: {} as MendingStory,
    events: {} as { type: 'resumed' } | { type: 'cancel'; who: string; why: string },
    output: {} as z.infer<typeof RecoveryOutcome>,
  },
  actors: actorsOf(mendingSteps),
  guards: {
    isCancelled: ({ context }) => context.isCancelled === true,
    isCancelledUnprepared: ({ context }) => context.isCancelled === true && !context.prepared,
  },
  actions: {
    remember: assign({ reason: (_, params: { reason: string }) => params.reason }),
    cancel: assign({ isCancelled: true, reason: (_, params: { reason: string }) => params.reason }),
    rememberHook: assign({ hookFailure: (_, params: { reason: string }) => params.reason }),
  },
}).createMachine({
  id: 'mending',
  options: { maxIterations: 100 },
  context: ({ input }) => ({
    finding: input.finding,
    cluster: input.cluster,
    request: input.request,
    changes: [],
    successor: null,
    prepared: false,
    hookFailure: null,
    isCancelled: false,
    reason: null,
  }),
  output: ({ context }) => ({
    successful: context.successor !== null && context.reason === null,
    successor: context.successor,
    lost: [],
    verdict: null,
    isCancelled: context.isCancelled === true,
    reason: context.reason ?? context.hookFailure,
  }),
  initial: 'preFailover',
  states: {
    preFailover: {
      description: 'Nothing has been changed yet on any server.',
      initial: 'confirming',
      on: {
        resumed: [
          {
            guard: ({ context }) => context.changes.length > 0,
            target: '.planning',
            description: 'Some may have been changed before the interruption: look what is left.',
          },
          {
            target: '.confirming',
            description: 'What was seen before the interruption is history: look again.',
          },
        ],
        cancel: { target: 'postUnsuccessful.undoing', actions: cancelledForGood() },
      },
      states: {
        confirming: {
          description: 'Ask the primary and its replicas again and see that the finding still holds.',
          invoke: {
            id: 'confirm',
            src: 'confirm',
            input: ({ context }) => context,
            onDone: [
              {
                guard: ({ event }) => event.output.holds,
                target: 'planning',
                actions: assign(({ context, event }) => ({
                  finding: event.output.finding ?? context.finding,
                })),
              },
              {
                guard: ({ context }) => context.prepared,
                target: '#mending.standingDown',
                actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
              },
              {
                target: '#mending.notNeeded',
                actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
              },
            ],
            onError: { target: '#mending.postUnsuccessful.announcing', actions: remembered() },
          },
        },
        planning: {
          description:
            'Look at every server of the cluster and see what is to be changed, and whether it may be.',
          invoke: {
            id: 'plan',
            src: 'plan',
            input: ({ context }) => context,
            onDone: [
              {
                guard: ({ context }) => isSemiSync(context),
                target: '#mending.settings',
                actions: assign(({ event }) => ({ changes: event.output.changes })),
              },
              {
                target: 'preparing',
                actions: assign(({ event }) => ({ changes: event.output.changes })),
              },
            ],
            // It may have been interrupted half-way.
            onError: { target: '#mending.postUnsuccessful.undoing', actions: remembered() },
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
            onDone: '#mending.settings',
            onError: [
              { guard: wasRefused, target: '#mending.vetoing', actions: remembered() },
              { target: '#mending.postUnsuccessful.undoing', actions: remembered() },
            ],
          },
        },
      },
    },
    settings: {
      description: 'The settings of the primary or of its replicas are made what they should be.',
      initial: 'changing',
      on: {
        resumed: {
          target: 'preFailover.planning',
          description: 'Some may have been changed before the interruption: look what is left.',
        },
        cancel: { target: 'postUnsuccessful.undoing', actions: cancelledForGood() },
      },
      states: {
        changing: {
          description: 'Change the settings: what is switched on first, what is switched off after it.',
          invoke: {
            id: 'change',
            src: 'change',
            input: ({ context }) => context,
            onDone: 'verifying',
            onError: { target: '#mending.postUnsuccessful.undoing', actions: remembered() },
          },
        },
        verifying: {
          description: 'See on the servers themselves that the primary is as it should be.',
          invoke: {
            id: 'verify',
            src: 'verify',
            input: ({ context }) => context,
            onDone: {
              target: '#mending.postSuccess',
              actions: assign(({ context }) => ({ successor: context.finding.instance })),
            },
            onError: { target: '#mending.postUnsuccessful.undoing', actions: remembered() },
          },
        },
      },
    },
    postSuccess: {
      description: 'Run PostFailoverProcesses.',
      on: {
        resumed: { target: 'postSuccess', reenter: true },
        cancel: { description: 'the primary is as it should be, and nothing is left to do but to run hooks' },
      },
      invoke: {
        id: 'postFailoverHooks',
        src: 'postFailoverHooks',
        input: ({ context }) => context,
        onDone: 'mended',
        onError: { target: 'mendedWithFailedHooks', actions: hookFailed() },
      },
    },
    postUnsuccessful: {
      description: 'It is not as it should be: put back what was changed, and say so.',
      initial: 'undoing',
      on: {
        cancel: { description: 'it has come to nothing by now, and what it has changed is being put back' },
      },
      states: {
        undoing: {
          description: 'Set what was changed to what it was before.',
          on: { resumed: { target: 'undoing', reenter: true } },
          invoke: {
            id: 'undo',
            src: 'undo',
            input: ({ context }) => context,
            onDone: {
              target: 'announcing',
              actions: assign(({ context, event }) => ({
                reason: withWhatIsLeft(context.reason, event.output),
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
          always: { guard: 'isCancelledUnprepared', target: '#mending.cancelled' },
          invoke: {
            id: 'postUnsuccessfulHooks',
            src: 'postUnsuccessfulHooks',
            input: ({ context }) => context,
            onDone: [{ guard: 'isCancelled', target: '#mending.cancelled' }, { target: '#mending.failed' }],
            onError: [{ guard: 'isCancelled', target: '#mending.cancelled' }, { target: '#mending.failed' }],
          },
        },
      },
    },
    vetoing: {
      description: 'Run PostUnsuccessfulFailoverProcesses, for a pre-failover hook said no.',
      on: {
        resumed: { target: 'vetoing', reenter: true },
        cancel: { description: 'a hook has said no to it already' },
      },
      invoke: {
        id: 'vetoHooks',
        src: 'postUnsuccessfulHooks',
        input: ({ context }) => context,
        onDone: 'vetoed',
        onError: 'vetoed',
      },
    },
    standingDown: {
      description:
        'Run PostUnsuccessfulFailoverProcesses, for PreFailoverProcesses were run and nothing needs to be changed any more.',
      on: {
        resumed: { target: 'standingDown', reenter: true },
        cancel: { description: 'the failure is gone, and nothing more is done but to tell hooks so' },
      },
      invoke: {
        id: 'standDownHooks',
        src: 'postUnsuccessfulHooks',
        input: ({ context }) => context,
        onDone: 'notNeeded',
        onError: 'notNeeded',
      },
    },
    mended: { type: 'final', description: 'The primary is as it should be.' },
    mendedWithFailedHooks: {
      type: 'final',
      description: 'The primary is as it should be; a hook that had to work did not.',
    },
    failed: { type: 'final', description: 'The primary is not as it should be; a person is needed.' },
    cancelled: {
      type: 'final',
      description: 'A person has cancelled it; this failure is left alone until a person says otherwise.',
    },
    vetoed: { type: 'final', description: 'A pre-failover hook said no; nothing was touched.' },
    notNeeded: { type: 'final', description: 'It was well again when we looked; nothing was touched.' },
  },
});

/** orchestrator runs no pre-failover hooks before it changes semi-sync (orchestrator 3.2.6, section 3.7). */
function isSemiSync({ finding }: MendingStory): boolean {
  return finding.treatment === 'semi-sync';
}

/** A primary that lives and is not as it should be: it takes no writes, or waits for the wrong number of semi-sync replicas. */
export const mending: Workflow<typeof mendingSteps> = {
  name: 'mending',
  machine,
  steps: mendingSteps,
  grave: ['failed', 'cancelled', 'vetoed', 'mendedWithFailedHooks'],
};
