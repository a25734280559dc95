import { assign, setup } from 'xstate';
import { z } from 'zod';
import { InstanceKey } from '../src/kernel/instance-key.ts';
import { Cluster } from '../src/topology/cluster.ts';
import { Operation } from './operation.ts';
import { Request } from './request.ts';
import { cancelled, PutBack, remembered, withUndoFailed, withWhatIsLeft } from './reasons.ts';
import { actorsOf, step, type Workflow } from './step.ts';

export const ReshapingInput = z.object({ operation: Operation, cluster: Cluster, request: Request });
export type ReshapingInput = z.infer<typeof ReshapingInput>;

export const ReshapingStory = ReshapingInput.extend({
  /** What is to be done, a sentence each. */
  plan: z.array(z.string()).readonly(),
  /** Whom the instance replicated from before; null where it was from nothing. */
  source: InstanceKey.nullable(),
  /** Who was in the cluster when it was planned; one that somebody promotes meanwhile is soon a cluster of its own. */
  members: z.array(InstanceKey).readonly(),
  reason: z.string().nullable(),
});
export type ReshapingStory = z.infer<typeof ReshapingStory>;

export const reshapingSteps = {
  plan: step(
    ReshapingStory,
    z.object({
      plan: z.array(z.string()).readonly(),
      source: InstanceKey.nullable(),
      members: z.array(InstanceKey).readonly(),
      because: z.string(),
    }),
  ),
  carryOut: step(ReshapingStory, z.object({ because: z.string() })),
  takeMasterHooks: step(ReshapingStory, z.object({ ran: z.number() })),
  undo: step(ReshapingStory, PutBack),
};

const machine = setup({
  types: {
    input: {} as ReshapingInput,
    context: {} as ReshapingStory,
    events: {} as { type: 'resumed' } | { type: 'cancel'; who: string; why: string },
    output: {} as { successful: boolean; reason: string | null },
  },
  actors: actorsOf(reshapingSteps),
  actions: { remember: assign({ reason: (_, params: { reason: string }) => params.reason }) },
}).createMachine({
  id: 'reshaping',
  options: { maxIterations: 100 },
  context: ({ input }) => ({ ...input, plan: [], source: null, members: [], reason: null }),
  output: ({ context: { reason } }) => ({ successful: reason === null, reason }),
  initial: 'planning',
  states: {
    planning: {
      description: 'Look at every server of the cluster and see whether and how it can be done.',
      on: {
        resumed: { target: 'planning', reenter: true },
        cancel: { target: 'refused', actions: cancelled() },
      },
      invoke: {
        id: 'plan',
        src: 'plan',
        input: ({ context }) => context,
        onDone: {
          target: 'carryingOut',
          actions: assign(({ event: { output } }) => ({
            plan: output.plan,
            source: output.source,
            members: output.members,
          })),
        },
        onError: { target: 'refused', actions: remembered() },
      },
    },
    carryingOut: {
      description:
        'Do it, one server after the other; no server moves before its new source has what it has.',
      on: {
        resumed: {
          target: 'undoing',
          actions: {
            type: 'remember',
            params: () => ({ reason: 'the controller was interrupted half-way' }),
          },
          description: 'Half of it may be done, and whoever asked is gone: put it back.',
        },
        cancel: { target: 'undoing', actions: cancelled() },
      },
      invoke: {
        id: 'carryOut',
        src: 'carryOut',
        input: ({ context }) => context,
        onDone: 'telling',
        onError: { target: 'undoing', actions: remembered() },
      },
    },
    telling: {
      description: 'Run PostTakeMasterProcesses where a replica took the place of its source.',
      on: {
        resumed: { target: 'telling', reenter: true },
        cancel: { description: 'it is done, and nothing is left to do but to run hooks' },
      },
      always: { guard: ({ context }) => context.operation.verb !== 'take-master', target: 'done' },
      invoke: {
        id: 'takeMasterHooks',
        src: 'takeMasterHooks',
        input: ({ context }) => context,
        onDone: 'done',
        onError: 'done',
      },
    },
    undoing: {
      description: 'It could not be done whole: put back what was done.',
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
    done: { type: 'final', description: 'It is done.' },
    refused: { type: 'final', description: 'It cannot be done; nothing was touched.' },
    failed: {
      type: 'final',
      description: 'It could not be done; what was changed was put back as far as that goes.',
    },
  },
});

/** One operation on a topology that works, asked for by a person: a replica is moved, a thread stopped, a setting changed. */
export const reshaping: Workflow<typeof reshapingSteps> = {
  name: 'reshaping',
  machine,
  steps: reshapingSteps,
  grave: ['failed'],
};
