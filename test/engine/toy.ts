import { setImmediate } from 'node:timers/promises';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { type Driving, drive, type StepFunctions } from '../../src/engine/drive.ts';
import type { Entry, JournalRecord } from '../../src/engine/record.ts';
import type { DriveWorld } from '../../src/engine/run-book.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';
import { Fleet } from '../../src/simulation/fleet.ts';
import { FleetServers } from '../../src/simulation/fleet-servers.ts';
import { Lifeline } from '../../src/simulation/lifeline.ts';
import { actorsOf, failureOf, step, type Workflow } from '../../workflows/step.ts';

const Kettle = z.object({ litres: z.number(), because: z.string().nullable() });

export const toySteps = {
  fill: step(Kettle, z.object({ litres: z.number() })),
  heat: step(Kettle, z.object({ degrees: z.number() })),
  pour: step(Kettle, z.object({ cups: z.number() })),
  empty: step(Kettle, z.object({ spilt: z.boolean() })),
};

/** Fills a kettle, heats it, lets it stand for ten seconds and pours; somebody may say `stop` while it heats. */
export const toy: Workflow<typeof toySteps> = {
  name: 'tea',
  steps: toySteps,
  machine: setup({
    types: {
      input: {} as { litres: number },
      context: {} as z.infer<typeof Kettle>,
      events: {} as { type: 'resumed' } | { type: 'stop'; who: string; why: string },
      output: {} as { reason: string | null },
    },
    actors: actorsOf(toySteps),
    delays: { standing: 10_000 },
  }).createMachine({
    id: 'tea',
    options: { maxIterations: 100 },
    context: ({ input }) => ({ litres: input.litres, because: null }),
    output: ({ context }) => ({ reason: context.because }),
    initial: 'filling',
    states: {
      filling: {
        description: 'Fill the kettle.',
        invoke: {
          id: 'fill',
          src: 'fill',
          input: ({ context }) => context,
          onDone: { target: 'heating', actions: assign(({ event }) => ({ litres: event.output.litres })) },
          onError: {
            target: 'cold',
            actions: assign((args) => ({ because: `${failureOf(args).kind} ${failureOf(args).code}` })),
          },
        },
      },
      heating: {
        description: 'Heat the water.',
        on: {
          resumed: { target: 'filling', description: 'Somebody may have emptied it.' },
          stop: { target: 'emptying', actions: assign(({ event }) => ({ because: event.why })) },
        },
        invoke: {
          id: 'heat',
          src: 'heat',
          input: ({ context }) => context,
          onDone: 'standing',
          onError: 'cold',
        },
      },
      standing: { description: 'Let it stand.', after: { standing: 'pouring' } },
      pouring: {
        description: 'Pour the tea.',
        on: { stop: { description: 'the cups are half full' } },
        invoke: {
          id: 'pour',
          src: 'pour',
          input: ({ context }) => context,
          onDone: 'served',
          onError: 'cold',
        },
      },
      emptying: {
        description: 'Empty the kettle.',
        invoke: {
          id: 'empty',
          src: 'empty',
          input: ({ context }) => context,
          onDone: 'cold',
          onError: 'cold',
        },
      },
      served: { type: 'final', description: 'Tea is served.' },
      cold: { type: 'final', description: 'There is no tea.' },
    },
  }),
};

/** Steps that do nothing and say what they were asked. */
export function stepsThat(
  done: string[],
  others: Partial<StepFunctions<typeof toySteps>> = {},
): StepFunctions<typeof toySteps> {
  return {
    async fill({ litres }) {
      done.push('fill');
      return { litres };
    },
    async heat() {
      done.push('heat');
      return { degrees: 100 };
    },
    async pour() {
      done.push('pour');
      return { cups: 4 };
    },
    async empty() {
      done.push('empty');
      return { spilt: false };
    },
    ...others,
  };
}

/** A pretended world for one run, `tea 1`, that may be driven by one controller after another. */
export function kitchen(flavour: 'mariadb' | 'mysql' = 'mariadb') {
  const clock = new VirtualClock(() => setImmediate());
  const journal = memoryJournal();
  const fleet = new Fleet(clock, flavour);
  const said: string[] = [];
  const stopping = new AbortController();
  let leaseMs = Number.POSITIVE_INFINITY;
  const world: DriveWorld = {
    journal,
    clock,
    servers: new FleetServers(fleet, { clock, life: new Lifeline(), onLost: () => {} }),
    lease: { token: 1, remainingMs: () => leaseMs },
    teller: { tell: (sentence) => said.push(sentence), warn: (sentence) => said.push(`! ${sentence}`) },
    lookTimeoutMs: 1_000,
  };
  return {
    clock,
    journal,
    fleet,
    said,
    world,
    stop: () => stopping.abort(new Error('stopped')),
    loseLease: () => {
      leaseMs = 0;
    },
    async open(litres: unknown = 1) {
      const fixed = { workflow: toy.name, digest: '', subject: 'kitchen', exclusive: false, token: 1 };
      await journal.open({ ...fixed, uid: 'tea 1', input: { litres }, at: clock.now() });
    },
    async write(...entries: Entry[]) {
      for (const entry of entries) await journal.append('tea 1', entry, clock.now(), 1);
    },
    drive(steps: StepFunctions<typeof toySteps>, changes: Partial<DriveWorld> = {}): Driving {
      return drive(toy, steps, 'tea 1', { ...world, ...changes }, stopping.signal);
    },
    async records(): Promise<readonly JournalRecord[]> {
      return (await journal.read('tea 1'))?.records ?? [];
    },
    /** The records in short: `asked fill`, `answered fill ok`. */
    async told(): Promise<string[]> {
      return (await this.records()).map((record) =>
        [
          record.kind,
          'step' in record ? record.step : '',
          record.kind === 'answered' ? record.answer.kind : '',
          record.kind === 'ended' ? record.state : '',
        ]
          .filter((word) => word !== '')
          .join(' '),
      );
    },
  };
}
