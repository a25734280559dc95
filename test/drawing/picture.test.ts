import { expect, it } from 'vitest';
import { recovery } from '../../workflows/recovery.ts';
import { chartOf, everyState } from '../../src/drawing/chart.ts';
import type { Box } from '../../src/drawing/geometry.ts';
import { drawn } from '../../src/drawing/layout.ts';
import { unlit } from '../../src/drawing/lit.ts';
import { markText } from '../../src/drawing/mark.ts';
import { pictureOf } from '../../src/drawing/picture.ts';
import { everyWorkflow } from '../workflows/machines.ts';

const isInside = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const isApart = (one: Box, other: Box) =>
  one.x + one.width <= other.x ||
  other.x + other.width <= one.x ||
  one.y + one.height <= other.y ||
  other.y + other.height <= one.y;

it.each(everyWorkflow)(
  '$name is drawn with each state in its group and none over another',
  async (workflow) => {
    const chart = chartOf(workflow.machine, workflow.grave);
    const { boxes, width, height } = await drawn(chart);
    const states = everyState(chart.states);
    const whole = { x: 0, y: 0, width, height };
    for (const { id, states: within } of states) {
      const box = boxes[id] ?? whole;
      expect([id, isInside(box, whole)]).toEqual([id, true]);
      for (const inner of within)
        expect([inner.id, isInside(boxes[inner.id] ?? whole, box)]).toEqual([inner.id, true]);
    }
    for (const siblings of [chart.states, ...states.map((state) => state.states)])
      for (const one of siblings)
        for (const other of siblings)
          if (one !== other) expect(isApart(boxes[one.id] ?? whole, boxes[other.id] ?? whole)).toBe(true);
  },
);

it.each(everyWorkflow)(
  '$name has a line for each arrow but those of words and resumptions; of words too where nothing else leads on',
  async (workflow) => {
    const chart = chartOf(workflow.machine);
    const { lines } = await drawn(chart);
    const hears = everyState(chart.states).every(({ step }) => step === null);
    const ways = chart.arrows.filter(
      ({ from, to, causes }) =>
        from !== to && causes.some(({ kind }) => hears || (kind !== 'word' && kind !== 'resumption')),
    );
    expect(lines.flatMap(({ arrows }) => arrows).sort()).toEqual(ways.map(({ id }) => id).sort());
  },
);

it('is the same drawing each time', async () => {
  const chart = chartOf(recovery.machine);
  expect(await drawn(chart)).toEqual(await drawn(chart));
});

it('says by marks and words what it says by colours', async () => {
  const drawing = await drawn(chartOf(recovery.machine, recovery.grave));
  const lit = {
    ...unlit,
    standing: ['failover.electing'],
    passed: ['preFailover.confirming', 'failover.rescuing'],
    failed: ['failover.rescuing'],
    taken: ['preFailover.confirming -> preFailover.preparing'],
  };
  const text = markText(pictureOf(drawing, lit));
  expect(text).toMatch(/aria-label="electing, it is here\. [^"]*" aria-current="step"/);
  expect(text).toContain('>▶</text>');
  expect(text).toMatch(/aria-label="rescuing, it was here, and the step did not succeed/);
  expect(text.match(/>✗<\/text>/g)).toHaveLength(1);
  expect(text.match(/>✓<\/text>/g)).toHaveLength(1);
  expect(text).toMatch(/class="arrow by-answer taken"/);
});

it('draws a word that a person said as a way of its own once it was taken', async () => {
  const drawing = await drawn(chartOf(recovery.machine));
  const cancelled = 'failover -> postUnsuccessful.undoing';
  expect(markText(pictureOf(drawing))).not.toContain('by-word');
  expect(markText(pictureOf(drawing, { ...unlit, taken: [cancelled], last: cancelled }))).toContain(
    'arrow by-word taken last',
  );
});

it('lets nothing that a machine is called become part of the picture', () => {
  expect(markText({ tag: 'text', attributes: { class: '"<' }, inside: ['</text><script>'] })).toBe(
    '<text class="&#34;&#60;">&#60;/text&#62;&#60;script&#62;</text>',
  );
});
