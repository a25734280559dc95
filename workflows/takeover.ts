import { assign, setup } from 'xstate';
import { z } from 'zod';
import { DataVerdict } from '../src/analysis/cost/data-verdict.ts';
import { fencingLevels } from '../src/analysis/cost/fencing.ts';
import { Election, RecoveryInput, type RecoveryOutcome, RecoveryStory, recoverySteps } from './recovery.ts';
import { Request } from './request.ts';
import { cancelled, hookFailed, remembered, withUndoFailed, withWhatIsLeft } from './reasons.ts';
import { actorsOf, step, type Workflow } from './step.ts';

/** What a takeover is opened with. Its finding says of the living primary what would be said of it were it dead. */
export const TakeoverInput = RecoveryInput.extend({
  request: Request,
  /** Whether Baton chooses where several replicas could take over and none is named. */
  auto: z.boolean(),
  /** `strict` is orchestrator's course of events, in which the primary is read-only while hooks run (3.2.6, section 3.10). */
  compatibility: z.enum(['sane', 'strict']),
});
export type TakeoverInput = z.infer<typeof TakeoverInput>;

/** All that a takeover knows of itself; the input of its steps. */
export const TakeoverStory = RecoveryStory.extend({
  ...TakeoverInput.shape,
  /** Something may have been changed, so looking again must not end as if nothing had. */
  touched: z.boolean(),
  /** What the old primary had executed when it took no more writes, as GTIDs; empty before. */
  upTo: z.string(),
});
export type TakeoverStory = z.infer<typeof TakeoverStory>;

const Ran = z.object({ ran: z.number() });
const Because = z.object({ because: z.string() });

export const takeoverSteps = {
  check: step(TakeoverStory, Election),
  prepareHooks: step(TakeoverStory, Ran),
  detectionHooks: step(TakeoverStory, Ran),
  preFailoverHooks: step(TakeoverStory, Ran),
  gatherBelow: step(TakeoverStory, Because),
  approach: step(TakeoverStory, Because),
  freeze: step(
    TakeoverStory,
    Because.extend({
      upTo: z.string(),
      /** How sure it is that the old primary takes no writes. An older build did not say it. */
      level: z.enum(fencingLevels).default('none'),
    }),
  ),
  promote: step(TakeoverStory, z.object({ coordinates: z.string().nullable() })),
  verify: step(TakeoverStory, recoverySteps.verify.output),
  repoint: step(TakeoverStory, recoverySteps.repoint.output),
  judge: step(TakeoverStory, DataVerdict),
  postPrimaryHooks: step(TakeoverStory, Ran),
  postFailoverHooks: step(TakeoverStory, Ran),
  postTakeoverHooks: step(TakeoverStory, Ran),
  undo: step(TakeoverStory, recoverySteps.undo.output),
  postUnsuccessfulHooks: step(TakeoverStory, Ran),
};

const machine = setup({
  types: {
    input: {} as TakeoverInput,
    context: {} as TakeoverStory,
    events: {} as { type: 'resumed' } | { type: 'cancel'; who: string; why: string },
    output: {} as z.infer<typeof RecoveryOutcome>,
  },
  actors: actorsOf(takeoverSteps),
  guards: {
    isStrict: ({ context }) => context.compatibility === 'strict',
    isUntouched: ({ context }) => !context.touched,
    wasPromoted: ({ context }) => context.successor !== null,
  },
  actions: {
    /** The first reason is why it came to nothing; what fails afterwards is another matter. */
    remember: assign({
      reason: ({ context }, params: { reason: string }) => context.reason ?? params.reason,
    }),
    rememberHook: assign({
      hookFailure: ({ context }, params: { reason: string }) => context.hookFailure ?? params.reason,
    }),
    touch: assign({ touched: true }),
    takeElection: assign({ election: (_, params: { election: Election }) => params.election }),
    takeFrozen: assign({ upTo: (_, params: { upTo: string }) => params.upTo }),
  },
}).createMachine({
  id: 'takeover',
  options: { maxIterations: 100 },
  context: ({ input }) => ({
    ...input,
    successor: null,
    election: null,
    fencing: null,
    lost: [],
    unapplied: '',
    verdict: null,
    prepared: false,
    hookFailure: null,
    reason: null,
    touched: false,
    upTo: '',
  }),
  output: ({ context }) => ({
    successful: context.successor !== null && context.reason === null,
    successor: context.successor,
    lost: context.lost,
    verdict: context.verdict,
    reason: context.reason ?? context.hookFailure,
  }),
  initial: 'planning',
  states: {
    planning: {
      description: 'The primary takes writes all the while.',
      initial: 'checking',
      on: {
        resumed: {
          target: '.checking',
          description: 'What was seen before the interruption is history: look again.',
        },
        cancel: { target: 'undoing', actions: cancelled() },
      },
      states: {
        checking: {
          description:
            'Ask every server whether this takeover can be made; nothing is touched yet, and all that speaks against it is said.',
          invoke: {
            id: 'check',
            src: 'check',
            input: ({ context }) => context,
            onDone: [
              { guard: 'isStrict', target: 'gathering', actions: elected() },
              { target: 'preparing', actions: elected() },
            ],
            onError: [
              { guard: 'isUntouched', target: '#takeover.refused', actions: remembered() },
              { target: '#takeover.undoing', actions: remembered() },
            ],
          },
        },
        preparing: {
          description: 'Run PreGracefulTakeoverProcesses; one that exits non-zero ends the takeover.',
          entry: [{ type: 'touch' }, assign({ prepared: true })],
          invoke: {
            id: 'prepareHooks',
            src: 'prepareHooks',
            input: ({ context }) => context,
            onDone: [{ guard: 'isStrict', target: 'approaching' }, { target: 'announcing' }],
            onError: { target: '#takeover.undoing', actions: remembered() },
          },
        },
        announcing: {
          description: 'Run OnFailureDetectionProcesses, as for a primary that had failed.',
          invoke: {
            id: 'detectionHooks',
            src: 'detectionHooks',
            input: ({ context }) => context,
            onDone: 'preparingFailover',
            onError: { target: '#takeover.undoing', actions: remembered() },
          },
        },
        preparingFailover: {
          description: 'Run PreFailoverProcesses; one that exits non-zero ends the takeover.',
          invoke: {
            id: 'preFailoverHooks',
            src: 'preFailoverHooks',
            input: ({ context }) => context,
            onDone: 'gathering',
            onError: { target: '#takeover.undoing', actions: remembered() },
          },
        },
        gathering: {
          description:
            'Let the other replicas follow the designated one already, so that they are there when it takes writes.',
          entry: 'touch',
          invoke: {
            id: 'gatherBelow',
            src: 'gatherBelow',
            input: ({ context }) => context,
            onDone: [{ guard: 'isStrict', target: 'preparing' }, { target: 'approaching' }],
            onError: { target: '#takeover.undoing', actions: remembered() },
          },
        },
        approaching: {
          description:
            'Wait until the designated replica is so close behind that the primary need not stand still for long.',
          invoke: {
            id: 'approach',
            src: 'approach',
            input: ({ context }) => context,
            onDone: '#takeover.switching',
            onError: { target: '#takeover.undoing', actions: remembered() },
          },
        },
      },
    },
    switching: {
      description: 'No server takes writes, until the designated one does.',
      initial: 'freezing',
      on: {
        resumed: { target: 'planning.checking', description: 'Nobody has been promoted yet: look again.' },
        cancel: { target: 'undoing', actions: cancelled() },
      },
      states: {
        freezing: {
          description:
            'Make the primary read-only, end the connections to it, and wait until the designated replica has applied all that it has.',
          invoke: {
            id: 'freeze',
            src: 'freeze',
            input: ({ context }) => context,
            onDone: [
              { guard: 'isStrict', target: 'announcing', actions: frozen() },
              { target: '#takeover.promotion', actions: frozen() },
            ],
            onError: { target: '#takeover.undoing', actions: remembered() },
          },
        },
        announcing: {
          description: 'Run OnFailureDetectionProcesses, with the primary read-only as orchestrator has it.',
          invoke: {
            id: 'lateDetectionHooks',
            src: 'detectionHooks',
            input: ({ context }) => context,
            onDone: 'preparingFailover',
            onError: { target: '#takeover.undoing', actions: remembered() },
          },
        },
        preparingFailover: {
          description: 'Run PreFailoverProcesses, with the primary read-only as orchestrator has it.',
          invoke: {
            id: 'latePreFailoverHooks',
            src: 'preFailoverHooks',
            input: ({ context }) => context,
            onDone: '#takeover.promotion',
            onError: { target: '#takeover.undoing', actions: remembered() },
          },
        },
      },
    },
    promotion: {
      description: 'The designated replica becomes the primary of the cluster.',
      initial: 'promoting',
      on: {
        resumed: {
          target: '.verifying',
          description: 'It may have been promoted before the interruption: look.',
        },
        cancel: {
          description:
            'the designated replica is being told to take writes, and nobody would take any were it stopped between; the others are still to follow it and the hooks after a takeover to run',
        },
      },
      states: {
        promoting: {
          description: 'Cut the designated replica loose from the old primary and let it take writes.',
          invoke: {
            id: 'promote',
            src: 'promote',
            input: ({ context }) => context,
            onDone: 'promoted',
            onError: { target: 'verifying', actions: remembered() },
          },
        },
        verifying: {
          description: 'See on the servers themselves whether the designated replica is the primary.',
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
              // It was promoted before the interruption; what has become of it since is a failure like any other.
              { guard: 'wasPromoted', target: 'promoted' },
              {
                guard: ({ event }) => event.output.stands === 'unknown',
                target: '#takeover.undoing',
                actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
              },
              {
                guard: ({ context, event }) => context.reason === null && event.output.stands === 'half',
                target: 'promoting',
              },
              { guard: ({ context }) => context.reason === null, target: '#takeover.planning.checking' },
              { target: '#takeover.undoing' },
            ],
            onError: [
              { guard: 'wasPromoted', target: 'promoted' },
              { target: '#takeover.undoing', actions: remembered() },
            ],
          },
        },
        promoted: { type: 'final', description: 'The designated replica takes writes.' },
      },
      onDone: {
        target: 'postSuccess',
        actions: assign(({ context }) => ({ successor: context.election?.successor ?? null })),
      },
    },
    postSuccess: {
      description:
        'The cluster has another primary; the old one and the rest follow it, and the world is told.',
      initial: 'repointing',
      on: {
        resumed: { target: 'promotion.verifying' },
        cancel: {
          description:
            'the new primary takes writes by now; the others are still to follow it and the hooks after a takeover to run, and "baton takeover" gives the writes back afterwards',
        },
      },
      states: {
        repointing: {
          description: 'Point the old primary, and whoever does not follow the new one yet, at it.',
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
          description: 'Compare what the old primary has with what the new one has: nothing may be lost.',
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
            'Run PostMasterFailoverProcesses: this is where proxies and names learn of the new primary.',
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
            onDone: 'announcingTakeover',
            onError: { target: 'announcingTakeover', actions: hookFailed() },
          },
        },
        announcingTakeover: {
          description: 'Run PostGracefulTakeoverProcesses, the last thing that is done.',
          invoke: {
            id: 'postTakeoverHooks',
            src: 'postTakeoverHooks',
            input: ({ context }) => context,
            onDone: [
              { guard: ({ context }) => context.hookFailure === null, target: '#takeover.takenOver' },
              { target: '#takeover.takenOverWithFailedHooks' },
            ],
            onError: { target: '#takeover.takenOverWithFailedHooks', actions: hookFailed() },
          },
        },
      },
    },
    undoing: {
      description:
        'The takeover comes to nothing: let the old primary take writes again, and put back whatever was changed.',
      on: {
        resumed: { target: 'undoing', reenter: true },
        cancel: { description: 'it has come to nothing by now, and what it has changed is being put back' },
      },
      invoke: {
        id: 'undo',
        src: 'undo',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) => event.output.left.length > 0,
            target: 'postUnsuccessful.leftBehind',
            actions: assign(({ context, event }) => ({
              reason: withWhatIsLeft(context.reason, event.output),
            })),
          },
          { target: 'postUnsuccessful.putBack' },
        ],
        onError: {
          target: 'postUnsuccessful.leftBehind',
          actions: assign((args) => ({ reason: withUndoFailed(args.context.reason, args) })),
        },
      },
    },
    postUnsuccessful: {
      description: 'The takeover came to nothing; whoever was told of it is told so.',
      initial: 'putBack',
      on: { cancel: { description: 'it has come to nothing by now, and hooks are being told so' } },
      states: {
        putBack: {
          description: 'Run PostUnsuccessfulGracefulTakeoverProcesses; everything is as it was.',
          on: { resumed: { target: 'putBack', reenter: true } },
          always: { guard: ({ context }) => !context.prepared, target: '#takeover.putBack' },
          invoke: {
            id: 'putBackHooks',
            src: 'postUnsuccessfulHooks',
            input: ({ context }) => context,
            onDone: '#takeover.putBack',
            onError: '#takeover.putBack',
          },
        },
        leftBehind: {
          description: 'Run PostUnsuccessfulGracefulTakeoverProcesses; something could not be put back.',
          on: { resumed: { target: 'leftBehind', reenter: true } },
          always: { guard: ({ context }) => !context.prepared, target: '#takeover.failed' },
          invoke: {
            id: 'leftBehindHooks',
            src: 'postUnsuccessfulHooks',
            input: ({ context }) => context,
            onDone: '#takeover.failed',
            onError: '#takeover.failed',
          },
        },
      },
    },
    takenOver: {
      type: 'final',
      description: 'The designated replica is the primary, and the old one follows it.',
    },
    takenOverWithFailedHooks: {
      type: 'final',
      description:
        'The designated replica is the primary; a hook or a publication that had to work did not, so somebody may not know of it.',
    },
    refused: { type: 'final', description: 'The takeover cannot be made; nothing was touched.' },
    putBack: {
      type: 'final',
      description: 'The takeover came to nothing; the old primary takes writes, and everything is as it was.',
    },
    failed: {
      type: 'final',
      description: 'The takeover came to nothing and not everything could be put back; a person is needed.',
    },
  },
});

function elected() {
  return {
    type: 'takeElection' as const,
    params: ({ event }: { event: { output: Election } }) => ({ election: event.output }),
  };
}

function frozen() {
  return {
    type: 'takeFrozen' as const,
    params: ({ event }: { event: { output: { upTo: string } } }) => ({ upTo: event.output.upTo }),
  };
}

/** Whether the takeover with this end gave its cluster another primary. */
export function isTakenOver(state: string): boolean {
  return state === 'takenOver' || state === 'takenOverWithFailedHooks';
}

/**
 * A planned change of primary, from the first question to the last hook. Until the promotion everything that was
 * done can be undone, and is where anything goes wrong.
 */
export const takeover: Workflow<typeof takeoverSteps> = {
  name: 'takeover',
  machine,
  steps: takeoverSteps,
  grave: ['failed', 'putBack', 'refused', 'takenOverWithFailedHooks'],
};
