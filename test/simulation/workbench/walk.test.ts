import { expect, it } from 'vitest';
import { detection } from '../../../workflows/detection.ts';
import { recovery } from '../../../workflows/recovery.ts';
import { absorbEntry, begin } from '../../../src/engine/fold.ts';
import { machines } from '../../../src/simulation/workbench/machines.ts';
import {
  answered,
  begunWalk,
  type Choice,
  choicesOf,
  fired,
  resumed,
  said,
  standingOf,
  type Walk,
  whyNoAnswer,
} from '../../../src/simulation/workbench/walk.ts';
import { answersIn } from '../../../src/simulation/workbench/offers.ts';
import { samplesOf } from '../../../src/simulation/workbench/samples.ts';
import { recordingOf } from './recordings.ts';

async function aWalk(): Promise<Walk> {
  const { opening } = await recordingOf('dead-primary', 'detection');
  return begunWalk(detection, opening.input);
}

function step(walk: Walk): Extract<Choice, { kind: 'step' }> {
  const found = choicesOf(walk).find((choice) => choice.kind === 'step');
  if (found === undefined) throw new Error('it waits for no step');
  return found;
}

const refused = { kind: 'refused', code: 'lost-race', because: 'another holds it' } as const;

it('begins where the machine begins, in its words, and waits for the answer of its step', async () => {
  const walk = await aWalk();
  expect(standingOf(walk)).toMatchObject({ state: 'announcing', isOver: false });
  expect(choicesOf(walk)).toMatchObject([{ kind: 'step', step: 'announce', to: 1 }, { kind: 'death' }]);
});

it('goes where an answer leads, and back', async () => {
  const walk = await aWalk();
  const on = answered(walk, step(walk), { kind: 'ok', value: { ran: 0 } });
  expect(standingOf(on).state).toBe('corroborating');
  expect(on.before).toBe(walk);
});

it('goes where a refusal leads', async () => {
  let walk = await aWalk();
  walk = answered(walk, step(walk), { kind: 'ok', value: { ran: 0 } });
  walk = answered(walk, step(walk), refused);
  expect(standingOf(walk)).toMatchObject({ state: 'refused', isOver: true });
  expect(choicesOf(walk)).toEqual([]);
});

it('lets no answer through that the schema of its step does not', async () => {
  const walk = await aWalk();
  expect(whyNoAnswer(walk, 'announce', { ran: 'many' })).toMatch(/^ran: /);
  expect(whyNoAnswer(walk, 'announce', { ran: 1 })).toBeNull();
  expect(() => answered(walk, step(walk), { kind: 'ok', value: {} })).toThrow();
});

it('says of a person’s word whether it is taken, and why not, in the words of the machine', async () => {
  const { opening } = await recordingOf('dead-primary', 'recovery');
  const walk = begunWalk(recovery, opening.input);
  const word = choicesOf(walk).find((choice) => choice.kind === 'word');
  expect(word).toMatchObject({ event: 'cancel', because: null });
  expect(standingOf(said(walk, 'cancel', 'ann', 'enough')).state).not.toBe(standingOf(walk).state);
});

it('says when a timer would go off, and goes where it leads', async () => {
  const { opening, records } = await recordingOf('dead-primary', 'recovery');
  let walk = begunWalk(recovery, opening.input, opening.at);
  while (step(walk).step !== 'fence') {
    const { step: name } = step(walk);
    const found = answersIn(recovery, name, [{ story: 'dead-primary', records }])[0];
    walk = answered(walk, step(walk), { kind: 'ok', value: found?.value });
  }
  const { output } = recovery.steps.fence;
  const value = { ...(samplesOf(output)[0]?.value as object), waitMs: 5_000 };
  walk = answered(walk, step(walk), { kind: 'ok', value });
  expect(standingOf(walk).state).toBe('waitingOut');
  const timer = choicesOf(walk).find((choice) => choice.kind === 'timer');
  expect(timer?.due).toBe((walk.records.at(-1)?.at ?? 0) + 5_000);
  if (timer !== undefined) walk = fired(walk, timer);
  expect(standingOf(walk).state).toBe('fencing');
});

it('asks anew after a death, as whoever continues does', async () => {
  const walk = resumed(await aWalk());
  expect(walk.records.map(({ kind }) => kind)).toEqual(['asked', 'resumed', 'asked']);
});

it('leaves records that fold to where it stands, whichever way it went', { timeout: 60_000 }, async () => {
  const { opening } = await recordingOf('dead-primary', 'recovery');
  for (let seed = 1; seed <= 60; seed += 1) {
    let walk = begunWalk(recovery, opening.input);
    for (let steps = 0; steps < 25 && !standingOf(walk).isOver; steps += 1) {
      const choices = choicesOf(walk).filter((one) => one.kind !== 'word' || one.because === null);
      const choice = choices[(seed * 7 + steps * seed) % choices.length];
      if (choice === undefined) break;
      walk = went(walk, choice, seed + steps);
    }
    let folding = begin(recovery, opening.input);
    for (const record of walk.records) folding = absorbEntry(folding, record);
    expect(folding.snapshot.value).toEqual(walk.folding.snapshot.value);
  }
});

function went(walk: Walk, choice: Choice, seed: number): Walk {
  switch (choice.kind) {
    case 'timer':
      return fired(walk, choice);
    case 'word':
      return said(walk, choice.event, 'ann', 'to see');
    case 'death':
      return resumed(walk);
    case 'step': {
      const schema = walk.workflow.steps[choice.step]?.output;
      const samples = schema === undefined ? [] : samplesOf(schema);
      const sample = samples[seed % (samples.length + 1)];
      return answered(walk, choice, sample === undefined ? refused : { kind: 'ok', value: sample.value });
    }
  }
}

it.each(
  machines.flatMap(({ name, steps }) =>
    Object.entries(steps).map(([one, { output }]) => ({ name, one, output })),
  ),
)('has an answer to offer for $one of $name, and offers none twice', ({ output }) => {
  const samples = samplesOf(output);
  expect(samples.length).toBeGreaterThan(0);
  for (const { value } of samples) expect(output.safeParse(value).success).toBe(true);
  expect(new Set(samples.map(({ value }) => JSON.stringify(value))).size).toBe(samples.length);
});
