import { assign, setup } from 'xstate';
import { z } from 'zod';
import { Assessment } from '../src/analysis/choice/assessment.ts';
import { InstanceKey } from '../src/kernel/instance-key.ts';
import { Cluster } from '../src/topology/cluster.ts';
import { Request } from './request.ts';
import { remembered } from './reasons.ts';
import { actorsOf, failureOf, step, type Workflow } from './step.ts';

/** A replaced primary that answers again, and what is to become of it. */
export const ReturnInput = z.object({
  instance: InstanceKey,
  cluster: Cluster,
  /** Who is the primary in its place. */
  successor: InstanceKey,
  /** The uid of the recovery that has replaced it. */
  recovery: z.string(),
  /** Null where nobody asked: Baton has seen that it is back. */
  request: Request.nullable(),
  /** Whoever asked wants it built anew from another where it has what its successor lacks. */
  rebuilds: z.boolean(),
});
export type ReturnInput = z.infer<typeof ReturnInput>;

export const ReturnStory = ReturnInput.extend({
  /** Null before it was compared, and where it could not be. */
  assessment: Assessment.nullable(),
  /** How it is built anew, where it is. */
  rebuiltBy: z.enum(['command', 'clone']).default('command'),
  /** The file with the transactions that only it had; null where none was written. */
  saved: z.string().nullable(),
  /** The uid of the rejoin that was opened; null for none. */
  rejoin: z.string().nullable(),
  reason: z.string().nullable(),
});
export type ReturnStory = z.infer<typeof ReturnStory>;

export const returningSteps = {
  silence: step(ReturnStory, z.object({ tookWrites: z.boolean(), because: z.string() })),
  assess: step(ReturnStory, Assessment),
  decide: step(
    ReturnStory,
    z.object({ next: z.enum(['rejoin', 'rebuild', 'clone', 'offer']), because: z.string() }),
  ),
  save: step(ReturnStory, z.object({ file: z.string(), because: z.string() })),
  rebuild: step(ReturnStory, z.object({ because: z.string() })),
  clone: step(ReturnStory, z.object({ because: z.string() })),
  copied: step(ReturnStory, z.object({ because: z.string() })),
  claim: step(ReturnStory, z.object({ rejoin: z.string() })),
};

/** What became of it, for the story of the recovery that has replaced it. */
export const ReturnOutcome = z.object({
  assessment: Assessment.nullable(),
  saved: z.string().nullable(),
  rejoin: z.string().nullable(),
  reason: z.string().nullable(),
});
export type ReturnOutcome = z.infer<typeof ReturnOutcome>;

const machine = setup({
  types: {
    input: {} as ReturnInput,
    context: {} as ReturnStory,
    events: {} as { type: 'resumed' },
    output: {} as ReturnOutcome,
  },
  actors: actorsOf(returningSteps),
  guards: { isCloned: ({ context }) => context.rebuiltBy === 'clone' },
  actions: {
    keep: assign({ saved: (_, params: { file: string }) => params.file }),
    remember: assign({ reason: (_, params: { reason: string }) => params.reason }),
  },
}).createMachine({
  id: 'returning',
  options: { maxIterations: 100 },
  context: ({ input }) => ({
    ...input,
    assessment: null,
    rebuiltBy: 'command',
    saved: null,
    rejoin: null,
    reason: null,
  }),
  output: ({ context: { assessment, saved, rejoin, reason } }) => ({ assessment, saved, rejoin, reason }),
  initial: 'silencing',
  states: {
    silencing: {
      description:
        'Make the replaced primary read-only and end the connections of applications, for another is the primary.',
      on: { resumed: { target: 'silencing', reenter: true } },
      invoke: {
        id: 'silence',
        src: 'silence',
        input: ({ context }) => context,
        onDone: 'assessing',
        onError: [
          { guard: failedAs('left-alone'), target: 'leftAlone', actions: remembered() },
          { guard: failedAs('gone'), target: 'gone', actions: remembered() },
          { target: 'notSilenced', actions: remembered() },
        ],
      },
    },
    assessing: {
      description: 'Hold what it has against what its successor has.',
      on: { resumed: { target: 'silencing' } },
      invoke: {
        id: 'assess',
        src: 'assess',
        input: ({ context }) => context,
        // What it had before it was rebuilt is what the story of its recovery tells.
        onDone: { target: 'deciding', actions: assign(({ event }) => ({ assessment: event.output })) },
        onError: { target: 'offered', actions: remembered() },
      },
    },
    deciding: {
      description: 'See whether it may follow its successor, and who is to say so.',
      on: { resumed: { target: 'silencing' } },
      invoke: {
        id: 'decide',
        src: 'decide',
        input: ({ context }) => context,
        onDone: [
          { guard: ({ event }) => event.output.next === 'rejoin', target: 'claiming' },
          { guard: ({ event }) => event.output.next === 'rebuild', target: 'saving' },
          {
            guard: ({ event }) => event.output.next === 'clone',
            target: 'saving',
            actions: assign({ rebuiltBy: 'clone' as const }),
          },
          {
            target: 'offered',
            actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
          },
        ],
        onError: { target: 'offered', actions: remembered() },
      },
    },
    saving: {
      description: 'Write down the transactions that only it has, before anything throws them away.',
      on: { resumed: { target: 'silencing' } },
      invoke: {
        id: 'save',
        src: 'save',
        input: ({ context }) => context,
        onDone: [
          {
            guard: 'isCloned',
            target: 'cloning',
            actions: { type: 'keep', params: ({ event }) => event.output },
          },
          { target: 'rebuilding', actions: { type: 'keep', params: ({ event }) => event.output } },
        ],
        onError: { target: 'notSaved', actions: remembered() },
      },
    },
    rebuilding: {
      description: 'Run RebuildCommand, which puts a copy of another server in the place of what it has.',
      on: { resumed: { target: 'rebuilding', reenter: true } },
      invoke: {
        id: 'rebuild',
        src: 'rebuild',
        input: ({ context }) => context,
        onDone: 'comparing',
        onError: { target: 'notRebuilt', actions: remembered() },
      },
    },
    cloning: {
      description: 'Have MySQL throw away what it has and copy its successor in the place of that.',
      on: { resumed: { target: 'cloning', reenter: true } },
      invoke: {
        id: 'clone',
        src: 'clone',
        input: ({ context }) => context,
        onDone: 'copying',
        onError: { target: 'notRebuilt', actions: remembered() },
      },
    },
    copying: {
      description:
        'Wait until the copy is whole and it is up again: MySQL stops it then, where nothing manages it, and somebody must start it.',
      on: {
        resumed: {
          target: 'cloning',
          description: 'Nobody may have seen whether the copy was begun: look first.',
        },
      },
      invoke: {
        id: 'copied',
        src: 'copied',
        input: ({ context }) => context,
        onDone: 'comparing',
        onError: { target: 'notRebuilt', actions: remembered() },
      },
    },
    comparing: {
      description: 'See that what it has now is nothing that its successor lacks.',
      on: { resumed: { target: 'comparing', reenter: true } },
      invoke: {
        id: 'compare',
        src: 'assess',
        input: ({ context }) => context,
        onDone: [
          { guard: ({ event }) => event.output.canFollow, target: 'claiming' },
          {
            target: 'notRebuilt',
            actions: { type: 'remember', params: ({ event }) => ({ reason: event.output.because }) },
          },
        ],
        onError: { target: 'notRebuilt', actions: remembered() },
      },
    },
    claiming: {
      description: 'Open the rejoin in the journal as soon as nothing else changes the cluster.',
      on: { resumed: { target: 'claiming', reenter: true } },
      invoke: {
        id: 'claim',
        src: 'claim',
        input: ({ context }) => context,
        onDone: { target: 'rejoining', actions: assign(({ event }) => ({ rejoin: event.output.rejoin })) },
        onError: { target: 'offered', actions: remembered() },
      },
    },
    rejoining: { type: 'final', description: 'A rejoin was opened and goes on by itself.' },
    offered: {
      type: 'final',
      description:
        'It takes no writes and is left as it is; what may be done with it is for a person to say.',
    },
    leftAlone: { type: 'final', description: 'A person has set it apart, so it was not touched.' },
    gone: { type: 'final', description: 'It does not answer any more.' },
    notSilenced: {
      type: 'final',
      description: 'It was replaced as the primary and may take writes: a person is needed at once.',
    },
    notSaved: {
      type: 'final',
      description:
        'What only it has could not be written down, so nothing was thrown away and it was not rebuilt.',
    },
    notRebuilt: { type: 'final', description: 'It was not rebuilt: a person is needed.' },
  },
});

function failedAs(code: string) {
  return (args: { event: { error: unknown } }) => failureOf(args).code === code;
}

/**
 * From the moment at which a replaced primary answers again: it takes no more writes, what only it has is known,
 * and it follows its successor, is built anew, or waits for a person. It holds nothing of its cluster, which
 * may be recovered meanwhile.
 */
export const returning: Workflow<typeof returningSteps> = {
  name: 'returning',
  machine,
  steps: returningSteps,
  grave: ['notSilenced', 'notSaved', 'notRebuilt'],
};
