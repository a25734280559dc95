import { createMachine } from 'xstate';
import { expect, it } from 'vitest';
import { begin } from '../../../src/engine/fold.ts';
import { detection } from '../../../workflows/detection.ts';
import { recovery } from '../../../workflows/recovery.ts';
import { coverageOf, coverageText, passedBy } from '../../../src/simulation/workbench/coverage.ts';
import { chartOf } from '../../../src/drawing/chart.ts';
import { litByWalk } from '../../../src/simulation/workbench/lit.ts';
import { machines } from '../../../src/simulation/workbench/machines.ts';
import { answered, begunWalk, choicesOf } from '../../../src/simulation/workbench/walk.ts';
import { groundOf, waysTaken } from '../../../src/simulation/workbench/ways.ts';
import type { Recording } from '../../../src/simulation/stage/recording.ts';
import { recordingOf, recordingsOf } from './recordings.ts';

const told = ({ story, opening, records }: Recording) => ({ name: story, input: opening.input, records });

it('tells which states and ways of a machine a story has walked, and which none has', async () => {
  const run = told(await recordingOf('dead-primary', 'detection'));
  const coverage = coverageOf(detection, [run]);
  const walked = coverage.ways.filter(({ by }) => by.length > 0).map(({ way }) => way.id);
  expect(walked).toEqual([
    'announcing -> corroborating',
    'corroborating -> deciding',
    'deciding -> claiming',
    'claiming -> handedOver',
  ]);
  expect(coverage.states.find(({ state }) => state === 'vetoed')?.by).toEqual([]);
  expect(coverageText(coverage)).toMatch(/^5 of \d+ states, 4 of \d+ ways$/);
});

it('names each story that has walked a way, once', async () => {
  const run = told(await recordingOf('dead-primary', 'detection'));
  const other = { ...run, name: 'another' };
  const { states } = coverageOf(detection, [run, run, other]);
  expect(states.find(({ state }) => state === 'claiming')?.by).toEqual(['dead-primary', 'another']);
});

it('sets aside a run that today’s machine does not understand', async () => {
  const run = told(await recordingOf('dead-primary', 'detection'));
  const records = run.records.map((record) =>
    record.kind === 'asked' && record.step === 'decide' ? { ...record, step: 'ponder' } : record,
  );
  const { strange, states } = coverageOf(detection, [{ ...run, name: 'old', records }]);
  expect(strange).toEqual(['old']);
  expect(states.every(({ by }) => by.length === 0)).toBe(true);
});

it('takes the innermost of two ways that an event opens, and names what came about by itself', () => {
  const machine = createMachine({
    id: 'nested',
    options: { maxIterations: 10 },
    initial: 'a',
    states: {
      a: {
        initial: 'inner',
        on: { go: 'b' },
        states: { inner: { on: { go: '#nested.b.deep' } } },
      },
      b: { initial: 'first', states: { first: {}, deep: { always: 'last' }, last: {} } },
    },
  });
  const workflow = { name: 'nested', machine, steps: {} };
  const going = { kind: 'said', event: 'go', who: 'ann', why: 'to see' } as const;
  const taken = waysTaken(begin(workflow, undefined), going);
  expect(taken.map(({ id }) => id)).toEqual(['a.inner -> b.deep', 'b.deep -> b.last']);
});

it('lights in the chart what was walked, by the names that the chart has for it', async () => {
  const { opening } = await recordingOf('dead-primary', 'detection');
  let walk = begunWalk(detection, opening.input);
  const [step] = choicesOf(walk);
  if (step?.kind !== 'step') throw new Error('it waits for no step');
  walk = answered(walk, step, { kind: 'error', code: 'broken', because: 'it broke' });
  const lit = litByWalk(walk);
  expect(lit).toMatchObject({
    standing: ['corroborating'],
    passed: ['announcing'],
    failed: ['announcing'],
    last: 'announcing -> corroborating',
  });
  for (const { name, machine } of machines) {
    const { arrows } = chartOf(machine);
    const drawn = new Set(arrows.map(({ id }) => id));
    const astray = groundOf(machine).ways.filter(({ id, from }) => from !== '' && !drawn.has(id));
    expect({ name, astray }).toEqual({ name, astray: [] });
  }
});

it('finds every way that a run takes among those of its machine', { timeout: 60_000 }, async () => {
  const stories = [
    'dead-primary',
    'takeover',
    'takeover-stalls',
    'dead-intermediate',
    'cancel-in-pre-failover-hooks',
  ];
  for (const story of stories) {
    for (const recording of await recordingsOf(story)) {
      const workflow = machines.find(({ name }) => name === recording.opening.workflow);
      if (workflow === undefined) continue;
      const { states, ways } = groundOf(workflow.machine);
      const known = new Set([...ways.flatMap(({ id, to }) => [id, to]), ...states]);
      const passed = [...passedBy(workflow, told(recording))];
      expect(passed.filter((id) => !known.has(id))).toEqual([]);
      // From each state to the next there is a way.
      expect(passed.filter((id) => id.includes(' -> ')).length).toBeGreaterThan(0);
    }
  }
});

it('leaves no gap: each state that a recovery passed was reached by a way, but the first', async () => {
  const passed = [...passedBy(recovery, told(await recordingOf('dead-primary', 'recovery')))];
  const reached = passed.filter((id) => id.includes(' -> ')).map((id) => id.split(' -> ')[1] ?? '');
  const states = passed.filter((id) => !id.includes(' -> ')).slice(1);
  expect(states.filter((state) => !reached.some((to) => state === to || state.startsWith(`${to}.`)))).toEqual(
    [],
  );
});
