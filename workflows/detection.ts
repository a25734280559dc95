import { assign, setup } from 'xstate';
import { z } from 'zod';
import { Finding } from '../src/analysis/finding.ts';
import { Verdict } from '../src/analysis/verdict.ts';
import { Cluster } from '../src/topology/cluster.ts';
import { remembered } from './reasons.ts';
import { actorsOf, step, type Workflow, wasRefused } from './step.ts';

/**
 * What a detection is opened with. `since` is when the finding was first seen without a break, in
 * milliseconds since 1970; `acts` tells a finding that asks for a recovery from one only announced.
 */
export const DetectionInput = z.object({
  finding: Finding,
  cluster: Cluster,
  since: z.number(),
  acts: z.boolean(),
  /** False where the hooks were told of this failure before and it has lasted ever since. */
  announce: z.boolean(),
  /** The uid of the suspicion in which replicas said that they cannot reach the instance either; null where none was needed. */
  suspicion: z.string().nullable().default(null),
});
export type DetectionInput = z.infer<typeof DetectionInput>;

export const DetectionStory = DetectionInput.extend({
  reason: z.string().nullable(),
  recovery: z.string().nullable(),
});
export type DetectionStory = z.infer<typeof DetectionStory>;

export const detectionSteps = {
  announce: step(DetectionStory, z.object({ ran: z.number() })),
  corroborate: step(
    DetectionStory,
    z.object({
      holds: z.boolean(),
      because: z.string(),
      finding: Finding.nullable(),
      // An older build did not keep it.
      verdict: Verdict.nullable().default(null),
    }),
  ),
  decide: step(
    DetectionStory,
    z.object({
      act: z.boolean(),
      because: z.string(),
      gates: z.array(z.object({ gate: z.string(), open: z.boolean(), because: z.string() })).readonly(),
    }),
  ),
  claim: step(DetectionStory, z.object({ recovery: z.string() })),
};

const machine = setup({
  types: {
    input: {} as DetectionInput,
    context: {} as DetectionStory,
    events: {} as { type: 'resumed' },
    output: {} as { recovery: string | null; reason: string | null },
  },
  actors: actorsOf(detectionSteps),
  actions: { remember: assign({ reason: (_, params: { reason: string }) => params.reason }) },
}).createMachine({
  id: 'detection',
  options: { maxIterations: 100 },
  context: ({ input }) => ({ ...input, reason: null, recovery: null }),
  output: ({ context }) => ({ recovery: context.recovery, reason: context.reason }),
  initial: 'announcing',
  states: {
    announcing: {
      description: 'Run OnFailureDetectionProcesses, whatever may be decided afterwards.',
      on: { resumed: { target: 'announcing', reenter: true } },
      always: { guard: ({ context }) => !context.announce, target: 'corroborating' },
      invoke: {
        id: 'announce',
        src: 'announce',
        input: ({ context }) => context,
        onDone: [{ guard: ({ context }) => context.acts, target: 'corroborating' }, { target: 'announced' }],
        onError: [
          { guard: wasVetoed, target: 'vetoed', actions: remembered() },
          { guard: ({ context }) => context.acts, target: 'corroborating', actions: remembered() },
          { target: 'announced', actions: remembered() },
        ],
      },
    },
    corroborating: {
      description:
        'Keep asking every server until the failure has held for the confirmation time, or is gone.',
      on: { resumed: { target: 'corroborating', reenter: true } },
      invoke: {
        id: 'corroborate',
        src: 'corroborate',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) => event.output.holds,
            target: 'deciding',
            actions: assign(({ context, event }) => ({
              finding: event.output.finding ?? context.finding,
              reason: null,
            })),
          },
          {
            target: 'cleared',
            actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
          },
        ],
        onError: { target: 'refused', actions: remembered() },
      },
    },
    deciding: {
      description: 'Ask every gate whether Baton may act; each that is shut says why.',
      on: { resumed: { target: 'corroborating' } },
      invoke: {
        id: 'decide',
        src: 'decide',
        input: ({ context }) => context,
        onDone: [
          { guard: ({ event }) => event.output.act, target: 'claiming' },
          {
            target: 'refused',
            actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
          },
        ],
        onError: { target: 'refused', actions: remembered() },
      },
    },
    claiming: {
      description: 'Open the recovery in the journal, unless the cluster is held by another.',
      on: { resumed: { target: 'corroborating' } },
      invoke: {
        id: 'claim',
        src: 'claim',
        input: ({ context }) => context,
        onDone: {
          target: 'handedOver',
          actions: assign(({ event }) => ({ recovery: event.output.recovery })),
        },
        onError: { target: 'refused', actions: remembered() },
      },
    },
    handedOver: { type: 'final', description: 'A recovery was opened and goes on by itself.' },
    announced: {
      type: 'final',
      description: 'The hooks were told; this kind of failure is never acted upon.',
    },
    cleared: { type: 'final', description: 'The failure was gone before it had lasted long enough to act.' },
    vetoed: {
      type: 'final',
      description: 'A detection hook said no to a recovery.',
    },
    refused: { type: 'final', description: 'Baton had no right to act, and said why.' },
  },
});

function wasVetoed(args: { context: DetectionStory; event: { error: unknown } }): boolean {
  return args.context.acts && wasRefused(args);
}

/** From a finding to the decision about it: hooks are told first, then servers are asked, then the gates. */
export const detection: Workflow<typeof detectionSteps> = {
  name: 'detection',
  machine,
  steps: detectionSteps,
  grave: ['refused', 'vetoed'],
};
