import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { chartOf } from '../../src/drawing/chart.ts';
import { type Incident, sequenceOf, type ToldRun } from '../../src/drawing/incident.ts';
import { litBy, routeOf } from '../../src/drawing/lit.ts';
import { askedAbout, beginning, type Moment, momentAt, next } from '../../src/drawing/moment.ts';
import { standingsOf } from '../../src/drawing/standings.ts';
import type { JournalRecord } from '../../src/engine/record.ts';
import { machines } from '../../src/simulation/workbench/machines.ts';
import { passedBy } from '../../src/simulation/workbench/coverage.ts';
import { type Recording, recorded } from '../../src/simulation/stage/recording.ts';
import { scriptOf } from '../../src/simulation/stage/script.ts';
import { recordingOf } from '../simulation/workbench/recordings.ts';

const workflowOf = (name: string) => machines.find((one) => one.name === name) ?? null;

function toldRun({ opening, records }: Recording): ToldRun {
  const { uid, workflow, at, input } = opening;
  return {
    uid,
    workflow,
    openedAt: at,
    records,
    standings: standingsOf(workflowOf(workflow), input, records),
  };
}

async function incidentOf(story: string): Promise<Incident> {
  const runs = await Promise.all(['detection', 'recovery'].map((name) => recordingOf(story, name)));
  return { runs: runs.map(toldRun) };
}

/** The stories that come with Baton, and of the others those in which a run is cut off, cancelled, or of an older build. */
const others = /older-build|cancel-a-|hook-asks/;
const storiesIn = (folder: string, wanted: RegExp) =>
  readdirSync(new URL(folder, import.meta.url).pathname)
    .filter((name) => name.endsWith('.story') && wanted.test(name) && !name.includes('after-any-record'))
    .map((name) => [name, new URL(folder + name, import.meta.url).pathname] as const);
const stories = [...storiesIn('../../stories/', /./), ...storiesIn('../stories/', others)];

it.each(stories)(
  '%s is told without loss, and drawn by the very ways that its machines took',
  { timeout: 60_000 },
  async (name, path) => {
    const script = scriptOf(name, readFileSync(path, 'utf8'));
    for (const recording of await recorded(script, () => setImmediate())) {
      const run = toldRun(recording);
      const moment = momentAt({ runs: [run] }, recording.records.length);
      mustHoldAll(moment, recording.records);
      if (!name.includes('older-build')) mustGoItsWay(recording, run, moment);
    }
  },
);

function mustHoldAll(moment: Moment, records: readonly JournalRecord[]): void {
  const count = (...kinds: string[]) => records.filter(({ kind }) => kinds.includes(kind)).length;
  expect(moment.count).toBe(records.length);
  expect(moment.steps).toHaveLength(count('asked'));
  expect(moment.hooks).toHaveLength(count('hook', 'command'));
  expect(moment.hooks.filter(({ ended }) => ended !== null)).toHaveLength(count('hooked', 'commanded'));
  expect(moment.timers).toHaveLength(count('timer'));
  expect(moment.servers.flatMap(({ acts }) => acts)).toHaveLength(count('act'));
  expect(moment.words).toHaveLength(count('said', 'resumed', 'approved'));
}

function mustGoItsWay({ opening, records }: Recording, run: ToldRun, moment: Moment): void {
  const workflow = workflowOf(opening.workflow);
  if (workflow === null) return;
  const chart = chartOf(workflow.machine);
  for (const pass of moment.runs[run.uid]?.way ?? [])
    expect([pass, routeOf(chart, pass)]).not.toEqual([pass, []]);
  const passed = passedBy(workflow, { name: run.uid, input: opening.input, records });
  expect([...passed]).toEqual(expect.arrayContaining([...litBy(chart, moment.runs[run.uid]).taken]));
}

it('knows until when a person is asked about a hook whose end nobody saw, and by whom it was answered', async () => {
  const asked = toldRun(await recordingOf('hook-asks-a-person', 'recovery'));
  const kinds = sequenceOf({ runs: [asked] }).map(({ record }) => record.kind);
  const after = (kind: JournalRecord['kind']) =>
    askedAbout(momentAt({ runs: [asked] }, kinds.indexOf(kind) + 1));
  expect(after('hooked')).toEqual([]);
  expect(after('awaiting')).toMatchObject([{ ended: { class: expect.any(String) } }]);
  expect(after('approved')).toEqual([]);
});

it('asks nobody any more whose time is over', async () => {
  const asked = toldRun(await recordingOf('hook-asks-a-person', 'recovery'));
  const awaiting = asked.records.findIndex(({ kind }) => kind === 'awaiting');
  const moment = momentAt({ runs: [asked] }, awaiting + 1);
  const [hook] = askedAbout(moment);
  expect(askedAbout({ ...moment, at: hook?.asksUntil ?? 0 })).toEqual([]);
});

it('holds a step for left behind that a controller which is gone had asked', async () => {
  const asked = toldRun(await recordingOf('hook-asks-a-person', 'recovery'));
  const { steps } = momentAt(
    { runs: [asked] },
    asked.records.findIndex(({ kind }) => kind === 'resumed') + 1,
  );
  expect(steps.at(-1)).toMatchObject({ answer: null, isAbandoned: true });
});

it('is a fold: one record more is the next moment', async () => {
  const incident = await incidentOf('dead-primary');
  const sequence = sequenceOf(incident);
  let moment = beginning;
  sequence.forEach((told, at) => {
    expect(momentAt(incident, at)).toEqual(moment);
    moment = next(moment, told);
  });
  expect(momentAt(incident, sequence.length)).toEqual(moment);
});

it('tells the records of several runs as they were written, and those of one run in their order though a clock went back', () => {
  const record = (seq: number, at: number) => ({ kind: 'fired', id: 't', seq, at, token: 1 }) as const;
  const run = (uid: string, ...records: readonly ReturnType<typeof record>[]): ToldRun => ({
    uid,
    workflow: 'recovery',
    openedAt: 0,
    records,
    standings: [],
  });
  const runs = [run('a', record(1, 10), record(2, 50), record(3, 20)), run('b', record(1, 30))];
  expect(sequenceOf({ runs }).map(({ run: { uid }, record: { seq } }) => `${uid}${seq}`)).toEqual([
    'a1',
    'b1',
    'a2',
    'a3',
  ]);
});

it('knows at each moment what was known then, and nothing that came later', async () => {
  const incident = await incidentOf('dead-primary');
  const sequence = sequenceOf(incident);
  const elected = sequence.findIndex(({ record }) => record.kind === 'answered' && record.step === 'elect');
  expect(momentAt(incident, elected).successor).toBeNull();
  const then = momentAt(incident, elected + 1);
  expect(then.successor).toBe('b:3306');
  expect(then.loss).toBeNull();
  expect(then.gates.length).toBeGreaterThan(5);
  expect(then.votes.some(({ says }) => says === 'dead')).toBe(true);
  const end = momentAt(incident, sequence.length);
  expect(end.loss?.says).toBe('unknown');
  expect(end.servers.find(({ instance }) => instance === end.successor)).toMatchObject({
    before: { readOnly: true },
    after: { readOnly: false, source: null },
  });
});

it('tells a run that today’s machine cannot follow by the states that its records name', async () => {
  const { opening, records } = await recordingOf('dead-primary', 'recovery');
  const old = records.map((record) =>
    record.kind === 'asked' && record.step === 'fence' ? { ...record, step: 'shoot' } : record,
  );
  const standings = standingsOf(workflowOf('recovery'), opening.input, old);
  expect(standings.map(({ states }) => states.join())).toEqual(
    expect.arrayContaining(['preFailover.confirming', 'fencing', 'failover.gathering', 'recovered']),
  );
});
