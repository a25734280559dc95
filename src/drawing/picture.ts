import { type Cause, type Chart, type ChartArrow, type ChartState, causeText, everyState } from './chart.ts';
import type { Box, Drawing, Line, Point } from './geometry.ts';
import { type Lit, unlit } from './lit.ts';
import { type Mark, mark } from './mark.ts';

/** A chart with the way of a run in it. Marks and the kinds of lines say what the colours say. */
export function pictureOf(drawing: Drawing, lit: Lit = unlit): Mark {
  const { chart, width, height, lines } = drawing;
  const states = everyState(chart.states);
  const arrows = new Map(chart.arrows.map((arrow) => [arrow.id, arrow]));
  const isTaken = (line: Line) => line.arrows.some((id) => lit.taken.includes(id));
  const drawnLine = (line: Line) =>
    lineMark(
      line,
      line.arrows.flatMap((id) => arrows.get(id) ?? []),
      lit,
    );
  return mark(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      class: 'chart',
      role: 'group',
      'aria-label': `${chart.id}: statechart`,
    },
    ...states.filter(({ kind }) => kind === 'group').map((state) => stateMark(state, drawing, lit)),
    ...beginningsOf(chart).flatMap((id) => beginning(drawing.boxes[id])),
    ...lines.filter((line) => !isTaken(line)).map(drawnLine),
    ...lines.filter(isTaken).map(drawnLine),
    ...jumpsIn(drawing, lit, arrows).map(drawnLine),
    ...states.filter(({ kind }) => kind !== 'group').map((state) => stateMark(state, drawing, lit)),
  );
}

function stateMark(state: ChartState, { boxes }: Drawing, lit: Lit): Mark {
  const box = boxes[state.id] ?? { x: 0, y: 0, width: 0, height: 0 };
  const { x, y, width, height } = box;
  const how = howLit(state, lit);
  const group = state.kind === 'group';
  return mark(
    'g',
    {
      class: ['state', `kind-${state.kind}`, how, ...(state.isGrave ? ['grave'] : [])].join(' '),
      'data-state': state.id,
      tabindex: 0,
      role: 'img',
      'aria-label': `${state.name}, ${spokenHow[how]}. ${state.sentence}`,
      ...(how === 'now' ? { 'aria-current': 'step' } : {}),
    },
    mark('title', {}, state.sentence),
    mark('rect', { x, y, width, height, rx: cornerOf(state, box) }),
    ...(state.kind === 'end'
      ? [
          mark('rect', {
            class: 'inner',
            x: x + 3,
            y: y + 3,
            width: width - 6,
            height: height - 6,
            rx: height / 2 - 3,
          }),
        ]
      : []),
    ...(group ? [] : [mark('text', { class: 'sign', x: x + 15, y: y + height / 2 + 4.5 }, signs[how])]),
    group
      ? mark('text', { class: 'name', x: x + 14, y: y + 23 }, state.name)
      : mark(
          'text',
          { class: 'name', x: x + width / 2 + 6, y: y + height / 2 + 4.5 },
          `${state.name}${state.kind === 'waiting' ? ' …' : ''}`,
        ),
  );
}

type How = 'now' | 'failed' | 'passed' | 'untouched';

const signs: Readonly<Record<How, string>> = { now: '▶', failed: '✗', passed: '✓', untouched: '' };
const spokenHow: Readonly<Record<How, string>> = {
  now: 'it is here',
  failed: 'it was here, and the step did not succeed',
  passed: 'it was here',
  untouched: 'not entered',
};

function howLit({ id, kind }: ChartState, lit: Lit): How {
  const holds = (one: string) => one === id || (kind === 'group' && one.startsWith(`${id}.`));
  if (lit.standing.some(holds)) return 'now';
  if (lit.failed.includes(id)) return 'failed';
  return lit.passed.some(holds) ? 'passed' : 'untouched';
}

function cornerOf({ kind }: ChartState, { height }: Box): number {
  if (kind === 'end') return height / 2;
  return kind === 'group' ? 12 : 7;
}

/** Where a machine, and each of its groups, begins. */
function beginningsOf({ initial, states }: Chart): string[] {
  return [initial, ...everyState(states).flatMap((state) => (state.initial === null ? [] : [state.initial]))];
}

function beginning(box: Box | undefined): Mark[] {
  if (box === undefined) return [];
  const y = box.y + 16;
  return [
    mark('circle', { class: 'beginning', cx: box.x - 9, cy: y, r: 3.5 }),
    mark('path', { class: 'beginning', d: `M${box.x - 6} ${y}H${box.x}` }),
  ];
}

function lineMark({ points, label }: Line, arrows: readonly ChartArrow[], { taken, last }: Lit): Mark {
  const isTaken = arrows.some(({ id }) => taken.includes(id));
  const isLast = arrows.some(({ id }) => id === last);
  return mark(
    'g',
    {
      class: [
        'arrow',
        `by-${mainCause(arrows)}`,
        ...(isTaken ? ['taken'] : []),
        ...(isLast ? ['last'] : []),
      ].join(' '),
      'data-arrows': JSON.stringify(arrows.map(({ id }) => id)),
    },
    mark('title', {}, arrows.map(arrowText).join('; ')),
    mark('path', { class: 'way', d: rounded(points) }),
    mark('path', { class: 'head', d: headAt(points) }),
    ...(label === null
      ? []
      : [mark('text', { class: 'label', x: label.x + label.width / 2, y: label.y + 11 }, label.text)]),
  );
}

/** Going well comes before going wrong: an arrow for both is drawn as the first. */
function mainCause(arrows: readonly ChartArrow[]): Cause['kind'] {
  const order = ['answer', 'itself', 'time', 'failure', 'word', 'resumption'] as const;
  return (
    order.find((one) => arrows.some(({ causes }) => causes.some(({ kind }) => kind === one))) ?? 'itself'
  );
}

function arrowText({ from, to, causes }: ChartArrow): string {
  const why = causes
    .map(causeText)
    .filter((text) => text !== '')
    .join(', ');
  return `${from} → ${to}${why === '' ? '' : `: ${why}`}`;
}

/** Arrows that have no way of their own, where they were taken: straight from one state to the other. */
function jumpsIn({ boxes, lines }: Drawing, { taken }: Lit, arrows: ReadonlyMap<string, ChartArrow>): Line[] {
  return taken.flatMap((id) => {
    const arrow = arrows.get(id);
    const [from, to] = [boxes[arrow?.from ?? ''], boxes[arrow?.to ?? '']];
    if (arrow === undefined || from === undefined || to === undefined || arrow.from === arrow.to) return [];
    if (lines.some((line) => line.arrows.includes(id))) return [];
    return [{ arrows: [id], points: between(from, to), label: null }];
  });
}

/** From the edge of one box to the edge of another: down or up where one lies below, else across. */
function between(from: Box, to: Box): Point[] {
  const middle = ({ x, width }: Box) => x + Math.min(width / 2, 60);
  if (to.y >= from.y + from.height)
    return [
      { x: middle(from), y: from.y + from.height },
      { x: middle(to), y: to.y },
    ];
  if (to.y + to.height <= from.y)
    return [
      { x: middle(from), y: from.y },
      { x: middle(to), y: to.y + to.height },
    ];
  const isRight = to.x >= from.x;
  const [fromX, toX] = isRight ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
  return [
    { x: fromX, y: from.y + 17 },
    { x: toX, y: to.y + 17 },
  ];
}

const cornerPx = 6;

/** A way with its corners rounded. */
function rounded(points: readonly Point[]): string {
  return points
    .map((point, at) => {
      const [before, after] = [points[at - 1], points[at + 1]];
      if (before === undefined) return `M${point.x} ${point.y}`;
      if (after === undefined) return `L${point.x} ${point.y}`;
      const [enter, leave] = [towards(point, before), towards(point, after)];
      return `L${enter.x} ${enter.y}Q${point.x} ${point.y} ${leave.x} ${leave.y}`;
    })
    .join('');
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const part = Math.min(cornerPx, length / 2) / length;
  return { x: tenths(from.x + (to.x - from.x) * part), y: tenths(from.y + (to.y - from.y) * part) };
}

function headAt(points: readonly Point[]): string {
  const [before, tip] = points.slice(-2);
  if (before === undefined || tip === undefined) return '';
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  const corner = (turn: number) =>
    `${tenths(tip.x - 8 * Math.cos(angle + turn))} ${tenths(tip.y - 8 * Math.sin(angle + turn))}`;
  return `M${corner(0.42)}L${tip.x} ${tip.y}L${corner(-0.42)}Z`;
}

function tenths(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
