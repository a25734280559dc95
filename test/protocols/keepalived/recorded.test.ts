import { describe, expect, it } from 'vitest';
import { PlanFile, readPlan } from '../../../src/protocols/keepalived/predict/plan-file.ts';
import { type Predicted, predict } from '../../../src/protocols/keepalived/predict/predict.ts';
import { fifoLine } from '../../../src/protocols/keepalived/router/calls.ts';
import { drives, matrix } from './drives.ts';
import { predictedFor, routersOf, type Sample, type Seen, seenIn, textOf } from './samples.ts';

interface Line {
  readonly t: number;
  readonly text: string;
}

/** Written by the daemon or not, as the adverts cross. */
const optional = /MASTER_RX_LOWER_PRI/;

const toleranceSeconds = (advertSeconds: number) => Math.max(0.15, 0.35 * advertSeconds);

function expectAlike(predicted: readonly Line[], real: readonly Line[], tolerance: number): void {
  const kept = (lines: readonly Line[]) => lines.filter(({ text }) => !optional.test(text));
  const [ours, theirs] = [kept(predicted), kept(real)];
  expect(ours.map(({ text }) => text)).toEqual(theirs.map(({ text }) => text));
  const late = ours.flatMap(({ t, text }, at) => {
    const seconds = theirs[at]?.t ?? Number.NaN;
    return Math.abs(seconds - t) <= tolerance ? [] : [`${text}: predicted ${t}, seen ${seconds}`];
  });
  expect(late).toEqual([]);
}

const fifoOf = (lines: readonly Predicted[], node: string): readonly Line[] =>
  lines
    .filter(({ router }) => router === node)
    .map(({ atMs, told }) => ({ t: atMs / 1_000, text: fifoLine(told) }));

const seenOf = (seen: readonly Seen[], node: string, kind: Seen['kind']): readonly Line[] =>
  seen.filter((one) => one.node === node && one.kind === kind);

/** How the recorder called itself: by the word that the configuration gives it, or by `notify`. */
function labelled(argv: readonly string[], keyword: string): string {
  const [, first = '', ...rest] = argv;
  return keyword === 'notify' && first === 'INSTANCE'
    ? ['notify', first, ...rest].join(' ')
    : [first, ...rest].join(' ');
}

/** The calls of each instance and group apart; the daemon starts the two of one state together, so they are in no order. */
function callsByName(lines: readonly Line[]): ReadonlyMap<string, readonly Line[]> {
  const found = new Map<string, Line[]>();
  for (const line of lines) {
    const [, name = ''] = /^(\w+)\.notify/.exec(line.text) ?? [];
    found.set(name, [...(found.get(name) ?? []), line]);
  }
  return found;
}

describe.each(['1', '2', '3'])('plan %s', (number) => {
  const plan = PlanFile.parse(JSON.parse(textOf(`plans/${number}.plan.json`)));
  const { routers, faults } = readPlan(plan);
  const real = textOf(`plans/${number}.real.jsonl`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { t: number; node: string; state: string; prio: number });
  const predicted = predict(routers, faults, plan.until * 1_000);
  const advert = routers[0]?.instances[0]?.role.advertMs ?? 0;

  it.each(['A', 'B'])('is foretold for router %s: order, state, priority and time', (node) => {
    expectAlike(
      predicted
        .filter(({ router }) => router === node)
        .map(({ atMs, told }) => ({ t: atMs / 1_000, text: `${told.state} ${told.priority}` })),
      real.filter((one) => one.node === node).map(({ t, state, prio }) => ({ t, text: `${state} ${prio}` })),
      toleranceSeconds(advert / 1_000),
    );
  });
});

describe.each(drives)('the recording $name', (sample: Sample) => {
  const seen = seenIn(sample);
  const predicted = predictedFor(sample);
  const [first] = routersOf(sample);
  const tolerance = toleranceSeconds((first?.instances[0]?.role.advertMs ?? 1_000) / 1_000);

  it.each(Object.keys(sample.files))('has the lines of the FIFO of router %s foretold', (node) => {
    if (sample.profile === '2.x') expectAlike(fifoOf(predicted, node), seenOf(seen, node, 'fifo'), tolerance);
  });

  it.each(Object.keys(sample.files))('has the scripts of router %s foretold with their arguments', (node) => {
    // Its scripts call themselves otherwise.
    if (sample.name.startsWith('s13')) return;
    const ours = predicted
      .filter(({ router }) => router === node)
      .flatMap(({ atMs, calls }) =>
        calls.map(({ argv, keyword }) => ({ t: atMs / 1_000, text: labelled(argv, keyword) })),
      );
    const theirs = callsByName(seenOf(seen, node, 'exec'));
    for (const [name, lines] of callsByName(ours))
      expectAlike(paired(lines), paired(theirs.get(name) ?? []), tolerance);
    expect([...callsByName(ours).keys()].toSorted()).toEqual([...theirs.keys()].toSorted());
  });
});

/**
 * Whose MASTER came up to a second late: keepalived 2.2.7 moves a deadline with its priority, but leaves it in its place in
 * the queue of timers, and those behind I_fail_neg200 waited with it.
 */
const heldUp = /^INSTANCE "I_(ok|ok_pos200|noexec|missing|path|redir|reverse20|w254|flipw)" MASTER /;

describe('the recording of 25 kinds of track scripts', () => {
  const names = [...new Set(routersOf(matrix).flatMap(({ instances }) => instances.map(({ name }) => name)))];
  const predicted = predictedFor(matrix);
  const seen = seenOf(seenIn(matrix), 'A', 'fifo');

  it.each(names)('has each line of %s foretold', (name) => {
    const of = (lines: readonly Line[]) =>
      lines
        .filter(({ text }) => text.startsWith(`INSTANCE "${name}" `))
        .map(({ t, text }) => (heldUp.test(text) ? { t: 0, text } : { t, text }));
    expect(of(seen).length).toBeGreaterThan(0);
    expectAlike(of(fifoOf(predicted, 'A')), of(seen), 0.35);
  });
});

/** Calls that were started within a moment of each other, by name. */
function paired(lines: readonly Line[]): readonly Line[] {
  const groups: Line[][] = [];
  for (const line of lines.filter(({ text }) => !optional.test(text) && !/lower_pri/.test(text))) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && line.t - last[0].t < 0.05) last.push(line);
    else groups.push([line]);
  }
  return groups.flatMap((group) => group.toSorted((a, b) => (a.text < b.text ? -1 : 1)));
}
