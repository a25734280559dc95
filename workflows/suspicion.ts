import { assign, setup } from 'xstate';
import { z } from 'zod';
import { Finding } from '../src/analysis/finding.ts';
import { InstanceKey } from '../src/kernel/instance-key.ts';
import { Cluster } from '../src/topology/cluster.ts';
import { actorsOf, failureOf, step, type Workflow } from './step.ts';

/** An instance that answers nobody who asks it, while replicas still say that they are connected to it. */
export const SuspicionInput = z.object({ finding: Finding, cluster: Cluster });
export type SuspicionInput = z.infer<typeof SuspicionInput>;

export const SuspicionStory = SuspicionInput.extend({
  /** Replicas that were asked so far. */
  asked: z.array(InstanceKey).readonly(),
  reason: z.string().nullable(),
});
export type SuspicionStory = z.infer<typeof SuspicionStory>;

/**
 * What asking replicas to connect anew brought: `connected` where one did, `lost` where none could, `nobody`
 * where none may be asked, `over` where the instance answers again.
 */
const Hearing = z.object({
  heard: z.enum(['connected', 'lost', 'nobody', 'over']),
  asked: z.array(InstanceKey).readonly(),
  because: z.string(),
});

export const suspicionSteps = {
  askOne: step(SuspicionStory, Hearing),
  askOthers: step(SuspicionStory, Hearing),
};

const machine = setup({
  types: {
    input: {} as SuspicionInput,
    context: {} as SuspicionStory,
    events: {} as { type: 'resumed' },
    output: {} as { reason: string | null },
  },
  actors: actorsOf(suspicionSteps),
  actions: {
    remember: assign((_, params: { asked: readonly InstanceKey[]; reason: string }) => params),
  },
}).createMachine({
  id: 'suspicion',
  options: { maxIterations: 100 },
  context: ({ input }) => ({ ...input, asked: [], reason: null }),
  output: ({ context }) => ({ reason: context.reason }),
  initial: 'askingOne',
  states: {
    askingOne: {
      description: 'Have one replica, the one that would be missed least, connect to its silent source anew.',
      on: { resumed: { target: 'askingOne', reenter: true } },
      invoke: {
        id: 'askOne',
        src: 'askOne',
        input: ({ context }) => context,
        onDone: [
          heardAs('lost', 'askingOthers'),
          heardAs('over', 'over'),
          heardAs('nobody', 'open'),
          otherwise(),
        ],
        onError: { target: 'open', actions: failed() },
      },
    },
    askingOthers: {
      description: 'It could not, so have all the others do the same at once.',
      on: { resumed: { target: 'askingOthers', reenter: true } },
      invoke: {
        id: 'askOthers',
        src: 'askOthers',
        input: ({ context }) => context,
        onDone: [heardAs('lost', 'lost'), heardAs('over', 'over'), heardAs('nobody', 'open'), otherwise()],
        onError: { target: 'open', actions: failed() },
      },
    },
    lost: { type: 'final', description: 'No replica that was asked can reach it either.' },
    connected: {
      type: 'final',
      description: 'A replica reaches it, so it lives, and only we cannot.',
    },
    over: { type: 'final', description: 'It answers again.' },
    open: {
      type: 'final',
      description: 'Nobody could be asked, so its replicas must find out by themselves.',
    },
  },
});

type Heard = z.output<typeof Hearing>;

function heardAs(heard: Heard['heard'], target: string) {
  return {
    guard: ({ event }: { event: { output: Heard } }) => event.output.heard === heard,
    target,
    actions: remembered(),
  };
}

function otherwise() {
  return { target: 'connected', actions: remembered() };
}

function remembered() {
  return {
    type: 'remember' as const,
    params: ({ event }: { event: { output: Heard } }) => ({
      asked: event.output.asked,
      reason: event.output.because,
    }),
  };
}

function failed() {
  return {
    type: 'remember' as const,
    params: ({ context, event }: { context: SuspicionStory; event: { error: unknown } }) => ({
      asked: context.asked,
      reason: failureOf({ event }).because,
    }),
  };
}

/** Finds out sooner than replicas do by themselves whether a source that is silent to us is silent to them. */
export const suspicion: Workflow<typeof suspicionSteps> = {
  name: 'suspicion',
  machine,
  steps: suspicionSteps,
};
