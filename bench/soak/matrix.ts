import type { Flavour } from '../../src/sandbox/server-package.ts';
import { type Cell, playCell } from './cell.ts';
import { judged, type Verdict } from './judge.ts';
import { type KindName, kinds } from './kinds.ts';
import { type Kind, moments, troubles } from './kinds/kind.ts';
import { covering, everyCombination, pairsOf } from './pairwise.ts';
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

/** Few cells that show all that `shownBy` says of any. */
export function chosenCells(flavours: readonly Flavour[]): readonly FlavouredCell[] {
  return covering(regularCells(flavours), shownBy);
}

/**
 * Every two of flavour, workflow, trouble and moment, and each kind on each flavour and with each trouble. The kinds of one workflow
 * share its moments, so these are not gone through for each of them again.
 */
export function shownBy({ flavour, kind, trouble, moment }: FlavouredCell): readonly string[] {
  const workflow = kinds[kind].workflow.name;
  return [
    ...pairsOf({ flavour, workflow, trouble, moment }),
    ...pairsOf({ flavour, kind }),
    ...pairsOf({ kind, trouble }),
  ];
}

/** All of them, and a death of the controller in each step that a run of each kind can be led to. */
export function everyCell(flavours: readonly Flavour[]): readonly FlavouredCell[] {
  const steps = kindNames.flatMap((kind) => stepsOf(kind).map((step) => ({ kind, step })));
  const deaths = flavours.flatMap((flavour) =>
    steps
      .filter(({ kind }) => has(kind, flavour))
      .map(
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
    ({ flavour, kind, trouble, moment }) => {
      if (!has(kind, flavour)) return false;
      if (trouble === 'all well') return moment === 'early';
      if (trouble === 'a pre-hook vetoes') return kinds[kind].ends[trouble].length > 0;
      return kinds[kind].strikes[trouble][moment] !== null;
    },
  );
}

function has(kind: KindName, flavour: Flavour): boolean {
  return kinds[kind].flavours.includes(flavour);
}

function stepsOf(kind: KindName): readonly string[] {
  const { workflow, detours }: Kind = kinds[kind];
  return Object.keys(workflow.steps).filter((step) => detours[step] !== null);
}
