import { assign, setup } from 'xstate';
import { z } from 'zod';
import { HostSignal } from '../src/analysis/host-signal.ts';
import { InstanceKey } from '../src/kernel/instance-key.ts';
import { Cluster } from '../src/topology/cluster.ts';
import { remembered } from './reasons.ts';
import { actorsOf, step, type Workflow } from './step.ts';

/** What another system told of the host of instances of a cluster, and what SignalCommand is told of it. */
export const HearingInput = z.object({
  cluster: Cluster,
  instances: z.array(InstanceKey).readonly(),
  from: HostSignal.shape.from,
  node: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  because: z.string(),
  /** How the node has stood since; null for what changed nothing. */
  says: HostSignal.shape.says.nullable(),
  /** In the words of the system itself. */
  variables: z.record(z.string(), z.string()),
});
export type HearingInput = z.infer<typeof HearingInput>;

const HearingStory = HearingInput.extend({ reason: z.string().nullable() });
export type HearingStory = z.infer<typeof HearingStory>;

export const hearingSteps = { call: step(HearingStory, z.object({ because: z.string() })) };

const machine = setup({
  types: {
    input: {} as HearingInput,
    context: {} as HearingStory,
    events: {} as { type: 'resumed' },
    output: {} as { reason: string | null },
  },
  actors: actorsOf(hearingSteps),
  actions: { remember: assign({ reason: (_, params: { reason: string }) => params.reason }) },
}).createMachine({
  id: 'hearing',
  options: { maxIterations: 100 },
  context: ({ input }) => ({ ...input, reason: null }),
  output: ({ context }) => ({ reason: context.reason }),
  initial: 'calling',
  states: {
    calling: {
      description: 'Run SignalCommand with what another system told of a host.',
      on: { resumed: { target: 'calling', reenter: true } },
      invoke: {
        id: 'call',
        src: 'call',
        input: ({ context }) => context,
        onDone: 'called',
        onError: { target: 'failed', actions: remembered() },
      },
    },
    called: { type: 'final', description: 'SignalCommand has done its work.' },
    failed: { type: 'final', description: 'SignalCommand did not do its work; it is not run again.' },
  },
});

/** One call of SignalCommand. */
export const hearing: Workflow<typeof hearingSteps> = { name: 'hearing', machine, steps: hearingSteps };
