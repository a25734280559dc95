import { assign, setup } from 'xstate';
import { z } from 'zod';
import { Finding } from '../src/analysis/finding.ts';
import { Move, Relocation } from '../src/analysis/orphans.ts';
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

/** All that a relocation knows of itself; the input of its steps. */
export const RelocationStory = RecoveryInput.extend({
  plan: Relocation.nullable(),
  /** Who follows which new source by now. */
  following: z.array(Move).readonly(),
  /** Sources that were tried for an orphan and did not do, each with the reason. */
  tried: z.array(Move).readonly(),
  /** The source that most of them follow, which takes the place of the dead one. */
  successor: InstanceKey.nullable(),
  lost: z.array(z.object({ instance: InstanceKey, because: z.string() })).readonly(),
  /** The pre-failover hooks have begun to run, so the post-unsuccessful ones are owed if this comes to nothing. */
  prepared: z.boolean(),
  hookFailure: z.string().nullable(),
  /** A person has stopped it. */
  isCancelled: z.boolean().optional(),
  reason: z.string().nullable(),
});
export type RelocationStory = z.infer<typeof RelocationStory>;

const Ran = z.object({ ran: z.number() });
export const relocationSteps = {
  confirm: step(
    RelocationStory,
    z.object({ holds: z.boolean(), because: z.string(), finding: Finding.nullable() }),
  ),
  preFailoverHooks: step(RelocationStory, Ran),
  choose: step(RelocationStory, Relocation.extend({ following: z.array(Move).readonly() })),
  relocate: step(RelocationStory, z.object({ tried: z.array(Move).readonly(), because: z.string() })),
  verify: step(
    RelocationStory,
    z.object({
      following: z.array(Move).readonly(),
      tried: z.array(Move).readonly(),
      because: z.string(),
    }),
  ),
  putBack: step(RelocationStory, PutBack),
  postIntermediateHooks: step(RelocationStory, Ran),
  postFailoverHooks: step(RelocationStory, Ran),
  undo: step(RelocationStory, PutBack),
  postUnsuccessfulHooks: step(RelocationStory, Ran),
};

const machine = setup({
  types: {
    input: {} as RecoveryInput,
    context: {} as RelocationStory,
    events: {} as { type: 'resumed' } | { type: 'cancel'; who: string; why: string },
    output: {} as z.infer<typeof RecoveryOutcome>,
  },
  actors: actorsOf(relocationSteps),
  guards: {
    isCancelled: ({ context }) => context.isCancelled === true,
    isCancelledUnprepared: ({ context }) => context.isCancelled === true && !context.prepared,
  },
  actions: {
    alsoTried: assign({
      tried: ({ context }, params: { tried: readonly Move[] }) => [...context.tried, ...params.tried],
    }),
    remember: assign({ reason: (_, params: { reason: string }) => params.reason }),
    cancel: assign({ isCancelled: true, reason: (_, params: { reason: string }) => params.reason }),
    /** The first of them is kept. */
    rememberHook: assign({
      hookFailure: ({ context }, params: { reason: string }) => context.hookFailure ?? params.reason,
    }),
  },
}).createMachine({
  id: 'relocation',
  // Each source is tried once for each orphan.
  options: { maxIterations: 100 },
  context: ({ input }) => ({
    finding: input.finding,
    cluster: input.cluster,
    request: input.request,
    plan: null,
    following: [],
    tried: [],
    successor: null,
    lost: [],
    prepared: false,
    hookFailure: null,
    isCancelled: false,
    reason: null,
  }),
  output: ({ context }) => ({
    successful: context.successor !== null && context.reason === null,
    successor: context.successor,
    lost: context.lost,
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
        resumed: {
          target: '.confirming',
          description: 'What was seen before the interruption is history: look again.',
        },
        cancel: { target: 'postUnsuccessful.undoing', actions: cancelledForGood() },
      },
      states: {
        confirming: {
          description: 'Ask the source and its replicas again and see that the finding still holds.',
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
                guard: ({ context }) => context.prepared,
                target: '#relocation.standingDown',
                actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
              },
              {
                target: '#relocation.notNeeded',
                actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
              },
            ],
            onError: { target: '#relocation.postUnsuccessful.announcing', actions: remembered() },
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
            onDone: '#relocation.moving',
            onError: [
              { guard: wasRefused, target: '#relocation.vetoing', actions: remembered() },
              { target: '#relocation.postUnsuccessful.announcing', actions: remembered() },
            ],
          },
        },
      },
    },
    moving: {
      description: 'The replicas of the dead source get another one, each the best that it can follow.',
      initial: 'choosing',
      on: {
        resumed: {
          target: '.choosing',
          description: 'Some may have moved before the interruption: look who still needs a source.',
        },
        cancel: { target: 'postUnsuccessful.undoing', actions: cancelledForGood() },
      },
      states: {
        choosing: {
          description: 'See which replicas still need a source, and choose one for each.',
          invoke: {
            id: 'choose',
            src: 'choose',
            input: ({ context }) => context,
            onDone: [
              {
                guard: ({ event }) => event.output.moves.length > 0,
                target: 'relocating',
                actions: assign(({ event: { output } }) => ({
                  plan: output,
                  following: output.following,
                })),
              },
              {
                guard: ({ event }) => event.output.following.length > 0,
                target: '#relocation.postSuccess.puttingBack',
                actions: assign(({ context, event: { output } }) => ({
                  following: output.following,
                  lost: output.left,
                  successor: mostFollowed(output.following, context.plan),
                })),
              },
              {
                target: '#relocation.postUnsuccessful.undoing',
                actions: assign(({ event: { output } }) => ({
                  plan: output,
                  lost: output.left,
                  reason: `no replica could be given another source: ${output.because}`,
                })),
              },
            ],
            onError: { target: '#relocation.postUnsuccessful.undoing', actions: remembered() },
          },
        },
        relocating: {
          description:
            'Wait until each new source has all that its replica holds, then have the replica follow it.',
          invoke: {
            id: 'relocate',
            src: 'relocate',
            input: ({ context }) => context,
            onDone: [
              {
                guard: ({ context, event }) => event.output.tried.length === context.plan?.moves.length,
                target: 'choosing',
                actions: alsoTried(),
              },
              { target: 'verifying', actions: alsoTried() },
            ],
            onError: { target: '#relocation.postUnsuccessful.undoing', actions: remembered() },
          },
        },
        verifying: {
          description:
            'See on the replicas themselves that they replicate; one that does not is given another source.',
          invoke: {
            id: 'verify',
            src: 'verify',
            input: ({ context }) => context,
            onDone: [
              {
                guard: ({ context, event }) => nobodyIsLeft(context, event.output),
                target: '#relocation.postSuccess.announcingIntermediate',
                actions: assign(({ context, event: { output } }) => ({
                  following: [...context.following, ...output.following],
                  successor: mostFollowed([...context.following, ...output.following], context.plan),
                })),
              },
              {
                target: 'choosing',
                actions: assign(({ context, event: { output } }) => ({
                  following: [...context.following, ...output.following],
                  tried: [...context.tried, ...output.tried],
                })),
              },
            ],
            onError: { target: '#relocation.postUnsuccessful.undoing', actions: remembered() },
          },
        },
      },
    },
    postSuccess: {
      description: 'Replicas of the dead source replicate again; those that could not follow are named.',
      initial: 'puttingBack',
      on: {
        resumed: { target: '.puttingBack' },
        cancel: {
          description:
            'replicas follow their new source by now; what could follow nobody is still to be put back and the hooks after it to be run, and "baton relocate-replicas" moves them once more',
        },
      },
      states: {
        puttingBack: {
          description: 'Point those that could follow nobody at the dead source again, as they were.',
          invoke: {
            id: 'putBack',
            src: 'putBack',
            input: ({ context }) => context,
            onDone: 'announcingIntermediate',
            onError: 'announcingIntermediate',
          },
        },
        announcingIntermediate: {
          description: 'Run PostIntermediateMasterFailoverProcesses.',
          invoke: {
            id: 'postIntermediateHooks',
            src: 'postIntermediateHooks',
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
              {
                guard: ({ context }) => context.hookFailure !== null,
                target: '#relocation.relocatedWithFailedHooks',
              },
              { guard: ({ context }) => context.lost.length > 0, target: '#relocation.relocatedInPart' },
              { target: '#relocation.relocated' },
            ],
            onError: { target: '#relocation.relocatedWithFailedHooks', actions: hookFailed() },
          },
        },
      },
    },
    postUnsuccessful: {
      description: 'Nobody could be given another source: put back what was changed, and say so.',
      initial: 'undoing',
      on: {
        cancel: { description: 'it has come to nothing by now, and what it has changed is being put back' },
      },
      states: {
        undoing: {
          description: 'Point the replicas at the source that they had before.',
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
          always: { guard: 'isCancelledUnprepared', target: '#relocation.cancelled' },
          invoke: {
            id: 'postUnsuccessfulHooks',
            src: 'postUnsuccessfulHooks',
            input: ({ context }) => context,
            onDone: [
              { guard: 'isCancelled', target: '#relocation.cancelled' },
              { target: '#relocation.failed' },
            ],
            onError: [
              { guard: 'isCancelled', target: '#relocation.cancelled' },
              { target: '#relocation.failed' },
            ],
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
        'Run PostUnsuccessfulFailoverProcesses, for PreFailoverProcesses were run and nothing needs to be moved any more.',
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
    relocated: { type: 'final', description: 'All replicas of the dead source replicate from another.' },
    relocatedInPart: {
      type: 'final',
      description:
        'Some replicas of the dead source replicate from another; the others are left behind and named.',
    },
    relocatedWithFailedHooks: {
      type: 'final',
      description: 'Replicas of the dead source replicate from another; a hook that had to work did not.',
    },
    failed: {
      type: 'final',
      description: 'The replicas of the dead source still have no other; a person is needed.',
    },
    cancelled: {
      type: 'final',
      description: 'A person has cancelled it; this failure is left alone until a person says otherwise.',
    },
    vetoed: { type: 'final', description: 'A pre-failover hook said no; nothing was touched.' },
    notNeeded: {
      type: 'final',
      description: 'The failure was gone when we looked again; nothing was touched.',
    },
  },
});

/** Every orphan was given a source, and follows it. */
function nobodyIsLeft({ plan }: RelocationStory, { following }: { following: readonly Move[] }): boolean {
  return plan !== null && plan.left.length === 0 && following.length === plan.moves.length;
}

/** Where two sources are followed by as many, the one that the plan takes for the better. */
function mostFollowed(following: readonly Move[], plan: Relocation | null): InstanceKey | null {
  const count = (source: InstanceKey) =>
    following.filter((move) => move.source === source).length + (source === plan?.successor ? 0.5 : 0);
  const [first = null] = following.map(({ source }) => source).toSorted((a, b) => count(b) - count(a));
  return first;
}

function alsoTried() {
  return {
    type: 'alsoTried' as const,
    params: ({ event }: { event: { output: { tried: readonly Move[] } } }) => ({ tried: event.output.tried }),
  };
}

/** The replicas of a dead intermediate source, or of a dead group member, get another source. */
export const relocation: Workflow<typeof relocationSteps> = {
  name: 'relocation',
  machine,
  steps: relocationSteps,
  grave: ['failed', 'cancelled', 'vetoed', 'relocatedInPart', 'relocatedWithFailedHooks'],
};
