import type { Flavour } from '../../src/sandbox/server-package.ts';
import { type Cell, playCell } from './cell.ts';
import { judged, type Verdict } from './judge.ts';
import { type KindName, kinds, moments, troubles } from './kinds.ts';
import { everyCombination, pairwise } from './pairwise.ts';
import type { Stage } from './stage.ts';

/** Servers of a stage: a primary, and replicas enough to lose two. */
export const serversOfStage = 4;

export interface FlavouredCell extends Cell {
  readonly flavour: Flavour;
}

/** A cell, its verdict, and how long it took in milliseconds. */
export interface CellResult extends Verdict {
  readonly cell: FlavouredCell;
  readonly tookMs: number;
}

/** Few cells in which every two of flavour, kind, trouble and moment come together that ever can. */
export function chosenCells(flavours: readonly Flavour[]): readonly FlavouredCell[] {
  return pairwise(regularCells(flavours));
}

/** All of them, and a death of the controller in each step of each kind. */
export function everyCell(flavours: readonly Flavour[]): readonly FlavouredCell[] {
  const steps = kindNames.flatMap((kind) => stepsOf(kind).map((step) => ({ kind, step })));
  const deaths = flavours.flatMap((flavour) =>
    steps.map(
      ({ kind, step }): FlavouredCell => ({
        flavour,
        kind,
        trouble: 'the controller is killed',
        moment: `step ${step}`,
      }),
    ),
  );
  return [...regularCells(flavours), ...deaths];
}

export async function resultOf(stage: Stage, cell: FlavouredCell): Promise<CellResult> {
  const startedAt = performance.now();
  const verdict = await playCell(stage, cell, async (played) => {
    const found = await judged(played);
    return found.wrong.length === 0 ? found : { ...found, wrong: [...found.wrong, await played.log()] };
  });
  return { cell, tookMs: Math.round(performance.now() - startedAt), ...verdict };
}

/** Names a cell in a table, in a title. */
export function titleOf({ flavour, kind, trouble, moment }: FlavouredCell): string {
  return `${flavour}, ${kind}: ${trouble}${trouble === 'all well' ? '' : `, ${moment}`}`;
}

const kindNames = Object.keys(kinds) as readonly KindName[];

function regularCells(flavours: readonly Flavour[]) {
  return everyCombination(
    { flavour: flavours, kind: kindNames, trouble: troubles, moment: moments },
    ({ kind, trouble, moment }) => {
      if (trouble === 'all well') return moment === 'early';
      if (trouble === 'a pre-hook vetoes') return kinds[kind].ends[trouble].length > 0;
      return kinds[kind].strikes[trouble][moment] !== null;
    },
  );
}

function stepsOf(kind: KindName): readonly string[] {
  return Object.keys(kinds[kind].workflow.steps);
}
