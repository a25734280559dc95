import { setup } from 'xstate';
import { z } from 'zod';
import { Finding } from '../src/analysis/finding.ts';
import { Cluster } from '../src/topology/cluster.ts';
import { actorsOf, step, type Workflow } from './step.ts';

/** The failure that hooks were told of, and is over. */
export const AllClearInput = z.object({ finding: Finding, cluster: Cluster });
export type AllClearInput = z.infer<typeof AllClearInput>;

export const allClearSteps = { announce: step(AllClearInput, z.object({ ran: z.number() })) };

const machine = setup({
  types: {
    input: {} as AllClearInput,
    context: {} as AllClearInput,
    events: {} as { type: 'resumed' },
  },
  actors: actorsOf(allClearSteps),
}).createMachine({
  id: 'all-clear',
  options: { maxIterations: 100 },
  context: ({ input }) => input,
  initial: 'announcing',
  states: {
    announcing: {
      description: 'Run OnAllClearProcesses.',
      on: { resumed: { target: 'announcing', reenter: true } },
      invoke: {
        id: 'announce',
        src: 'announce',
        input: ({ context }) => context,
        onDone: 'announced',
        onError: 'announced',
      },
    },
    announced: { type: 'final', description: 'The hooks were told that the failure is over.' },
  },
});

/** Tells the hooks that a failure which they were told of went away without a recovery. */
export const allClear: Workflow<typeof allClearSteps> = { name: 'all-clear', machine, steps: allClearSteps };
