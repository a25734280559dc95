import { assign, setup } from 'xstate';
import { z } from 'zod';
import { InstanceKey } from '../src/kernel/instance-key.ts';
import { Cluster } from '../src/topology/cluster.ts';
import { Request } from './request.ts';
import { cancelled, PutBack, remembered, withUndoFailed, withWhatIsLeft } from './reasons.ts';
import { actorsOf, step, type Workflow } from './step.ts';

/** A replaced primary that has nothing which its successor lacks, and shall follow it. */
export const RejoinInput = z.object({
  instance: InstanceKey,
  cluster: Cluster,
  successor: InstanceKey,
  /** The uid of the recovery that has replaced it. */
  recovery: z.string(),
  request: Request.nullable(),
});
export type RejoinInput = z.infer<typeof RejoinInput>;

export const RejoinStory = RejoinInput.extend({
  /** Something may have been changed, so looking again must not end as if nothing had. */
  touched: z.boolean().default(false),
  reason: z.string().nullable(),
});
export type RejoinStory = z.infer<typeof RejoinStory>;

export const rejoinSteps = {
  check: step(RejoinStory, z.object({ because: z.string() })),
  prepare: step(RejoinStory, z.object({ because: z.string() })),
  follow: step(RejoinStory, z.object({ because: z.string() })),
  undo: step(RejoinStory, PutBack),
};

const machine = setup({
  types: {
    input: {} as RejoinInput,
    context: {} as RejoinStory,
    events: {} as { type: 'resumed' } | { type: 'cancel'; who: string; why: string },
    output: {} as { reason: string | null },
  },
  actors: actorsOf(rejoinSteps),
  guards: { isTouched: ({ context }) => context.touched },
  actions: {
    remember: assign({ reason: (_, params: { reason: string }) => params.reason }),
  },
}).createMachine({
  id: 'rejoin',
  options: { maxIterations: 100 },
  context: ({ input }) => ({ ...input, touched: false, reason: null }),
  output: ({ context }) => ({ reason: context.reason }),
  initial: 'checking',
  states: {
    checking: {
      description:
        'Look at both once more: the successor leads, and the replaced primary has nothing which it lacks.',
      on: {
        resumed: { target: 'checking', reenter: true },
        cancel: [
          { guard: 'isTouched', target: 'undoing', actions: cancelled() },
          { target: 'notNeeded', actions: cancelled() },
        ],
      },
      invoke: {
        id: 'check',
        src: 'check',
        input: ({ context }) => context,
        onDone: 'preparing',
        onError: [
          { guard: 'isTouched', target: 'undoing', actions: remembered() },
          { target: 'notNeeded', actions: remembered() },
        ],
      },
    },
    preparing: {
      description: 'Make it read-only and a replica for semi-sync where its siblings are.',
      on: { resumed: { target: 'checking' }, cancel: { target: 'undoing', actions: cancelled() } },
      entry: assign({ touched: true }),
      invoke: {
        id: 'prepare',
        src: 'prepare',
        input: ({ context }) => context,
        onDone: 'following',
        onError: { target: 'undoing', actions: remembered() },
      },
    },
    following: {
      description: 'Point it at the successor and see that it receives and applies.',
      on: {
        resumed: {
          target: 'checking',
          description: 'Its successor may have been replaced meanwhile: look again.',
        },
        cancel: { target: 'undoing', actions: cancelled() },
      },
      invoke: {
        id: 'follow',
        src: 'follow',
        input: ({ context }) => context,
        onDone: 'rejoined',
        onError: { target: 'undoing', actions: remembered() },
      },
    },
    undoing: {
      description: 'It does not follow: put back what was changed on it, but that it takes no writes.',
      on: {
        resumed: { target: 'undoing', reenter: true },
        cancel: { description: 'it has come to nothing by now, and what it has changed is being put back' },
      },
      invoke: {
        id: 'undo',
        src: 'undo',
        input: ({ context }) => context,
        onDone: {
          target: 'failed',
          actions: assign(({ context, event }) => ({ reason: withWhatIsLeft(context.reason, event.output) })),
        },
        onError: {
          target: 'failed',
          actions: assign((args) => ({ reason: withUndoFailed(args.context.reason, args) })),
        },
      },
    },
    rejoined: { type: 'final', description: 'The old primary follows its successor.' },
    notNeeded: {
      type: 'final',
      description: 'It is not what it was when the rejoin was opened; nothing was touched.',
    },
    failed: {
      type: 'final',
      description: 'The old primary does not follow its successor; it takes no writes.',
    },
  },
});

/** Makes a replaced primary a replica of its successor. It holds the cluster for the moment that this takes. */
export const rejoin: Workflow<typeof rejoinSteps> = {
  name: 'rejoin',
  machine,
  steps: rejoinSteps,
  grave: ['failed'],
};
