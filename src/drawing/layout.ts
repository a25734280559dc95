import elk, { type ELK, type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type Chart, type ChartArrow, type ChartState, causeText, everyState } from './chart.ts';
import type { Box, Drawing, Line } from './geometry.ts';

// The package is one class; a page and a Node project read its types differently.
const Elk = elk as unknown as new () => ELK;

/** How wide and high text is, about: a page and a file have other fonts, and nobody measures in the dark. */
const letterPx = { name: 7.4, label: 6.1 };

/** Gives everything of a chart its place: groups around their states, arrows in right angles, words beside them. */
export async function drawn(chart: Chart): Promise<Drawing> {
  const hears = isHearer(chart);
  const ways = waysOf(chart, hears);
  const graph: ElkNode = {
    id: chart.id,
    layoutOptions: options,
    children: chart.states.map(nodeOf),
    edges: ways.map((way) => edgeOf(way, hears)),
  };
  const laid: ElkNode = await new Elk().layout(graph);
  const { width = 0, height = 0 } = laid;
  return {
    chart,
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: Object.fromEntries(boxesOf(laid)),
    lines: ways.flatMap((way) => lineOf(way, laid.edges ?? [])),
  };
}

/** One line of the drawing, and the arrows that share it. */
interface Way {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly arrows: readonly ChartArrow[];
}

/** What fails in one group and leads to the same state outside of it goes one way, from the group. */
function waysOf(chart: Chart, hears: boolean): Way[] {
  const ways = new Map<string, Way & { arrows: ChartArrow[] }>();
  const arrows = chart.arrows.filter((arrow) => (hears ? arrow.from !== arrow.to : isLaidOut(arrow)));
  for (const arrow of arrows) {
    const alike = arrows.filter((one) => outwards(one) !== null && outwards(one) === outwards(arrow));
    const from = alike.length > 1 ? groupOf(arrow.from) : arrow.from;
    const id = `${from} -> ${arrow.to}${alike.length > 1 ? ' fails' : ''}`;
    const way = ways.get(id) ?? { id, from, to: arrow.to, arrows: [] };
    ways.set(id, way);
    way.arrows.push(arrow);
  }
  return [...ways.values()];
}

/** From which group a failure leads to which state outside of it; null of every other arrow. */
function outwards({ from, to, causes }: ChartArrow): string | null {
  const group = groupOf(from);
  const isFailure = causes.every(({ kind }) => kind === 'failure');
  return isFailure && group !== '' && !to.startsWith(`${group}.`) ? `${group} -> ${to}` : null;
}

function groupOf(id: string): string {
  return id.split('.').slice(0, -1).join('.');
}

/** A word or a resumption may come in any state of a group; drawn with a way of its own, each would hide what mostly happens. */
function isLaidOut({ from, to, causes }: ChartArrow): boolean {
  return from !== to && causes.some(({ kind }) => kind !== 'word' && kind !== 'resumption');
}

/** A machine that asks for no step is led by what it hears alone: there the words are all that happens. */
function isHearer({ states }: Chart): boolean {
  return everyState(states).every(({ step }) => step === null);
}

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.spacing.nodeNodeBetweenLayers': '26',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.spacing.nodeNode': '22',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '10',
  'elk.spacing.edgeLabel': '4',
  'elk.padding': '[top=12,left=12,bottom=12,right=12]',
};

function nodeOf(state: ChartState): ElkNode {
  const width = Math.max(96, Math.ceil(state.name.length * letterPx.name) + 46);
  if (state.states.length === 0) return { id: state.id, width, height: 34 };
  return {
    id: state.id,
    layoutOptions: {
      'elk.padding': '[top=38,left=16,bottom=16,right=16]',
      'elk.nodeSize.minimum': `(${width}, 60)`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
    },
    children: state.states.map(nodeOf),
  };
}

/** An answer needs no words beside the step that gives it, and that one fails its kind of line says; a time has a name, and so has what is heard. */
function edgeOf({ id, from, to, arrows }: Way, hears: boolean): ElkExtendedEdge {
  const text = [
    ...new Set(
      arrows.flatMap(({ causes }) =>
        causes.flatMap((cause) => (hears || cause.kind === 'time' ? [causeText(cause)] : [])),
      ),
    ),
  ].join(', ');
  const label = { text, width: Math.ceil(text.length * letterPx.label) + 6, height: 15 };
  return { id, sources: [from], targets: [to], labels: text === '' ? [] : [label] };
}

function boxesOf(node: ElkNode): [string, Box][] {
  return (node.children ?? []).flatMap((child) => {
    const { id, x = 0, y = 0, width = 0, height = 0 } = child;
    return [[id, { x, y, width, height }] as [string, Box], ...boxesOf(child)];
  });
}

function lineOf({ id, arrows }: Way, edges: readonly ElkExtendedEdge[]): Line[] {
  const edge = edges.find((one) => one.id === id);
  const section = edge?.sections?.[0];
  if (section === undefined) return [];
  const [label] = edge?.labels ?? [];
  const { x = 0, y = 0, width = 0, height = 0, text = '' } = label ?? {};
  return [
    {
      arrows: arrows.map((arrow) => arrow.id),
      points: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({
        x,
        y,
      })),
      label: label === undefined ? null : { x, y, width, height, text },
    },
  ];
}
