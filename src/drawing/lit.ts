import { type Chart, type ChartArrow, everyState } from './chart.ts';
import type { Pass, RunMoment } from './moment.ts';

/** How far a run has come in a chart: what is lit in it. */
export interface Lit {
  /** The states that it is in, by their ids; none before its beginning. */
  readonly standing: readonly string[];
  /** States that it has been in. */
  readonly passed: readonly string[];
  /** Of those, the ones whose step failed or said no. */
  readonly failed: readonly string[];
  /** Arrows that it has taken. */
  readonly taken: readonly string[];
  /** The last of them; null where it has taken none. */
  readonly last: string | null;
}

export const unlit: Lit = { standing: [], passed: [], failed: [], taken: [], last: null };

/** What a run has lit in the chart of its machine. */
export function litBy(chart: Chart, run: RunMoment | undefined): Lit {
  if (run === undefined) return unlit;
  const routes = run.way.map((pass) => routeOf(chart, pass));
  const taken = routes.flat();
  const entered = run.way.flatMap(({ from }) => from);
  const between = taken.flatMap(({ from, to }) => [from, to]).filter((id) => isLeaf(chart, id));
  const standing = run.standing?.states ?? [];
  return {
    standing,
    passed: [...new Set([...entered, ...between])].filter((id) => !standing.includes(id)),
    failed: run.failed,
    taken: [...new Set(taken.map(({ id }) => id))],
    last: taken.at(-1)?.id ?? null,
  };
}

/**
 * The arrows by which a machine came from one state to another at once: first one for what made it go on, then those
 * that it takes by itself. Empty where the chart is of another version and has no such way.
 */
export function routeOf(chart: Chart, { from, to, kind }: Pass): readonly ChartArrow[] {
  const [start = '', goal = ''] = [from[0], to[0]];
  let reached: { at: string; route: readonly ChartArrow[] }[] = [{ at: start, route: [] }];
  for (let steps = 0; steps < 4; steps += 1) {
    reached = reached.flatMap(({ at, route }) =>
      chart.arrows
        .filter(
          (arrow) =>
            isWithin(at, arrow.from) &&
            arrow.causes.some((cause) => cause.kind === (steps === 0 ? kind : 'itself')),
        )
        // The inner state is asked first, as the machine does.
        .sort((one, other) => other.from.length - one.from.length)
        .map((arrow) => ({ at: leafOf(chart, arrow.to), route: [...route, arrow] })),
    );
    const found = reached.find(({ at }) => at === goal);
    if (found !== undefined) return found.route;
  }
  return [];
}

function isWithin(id: string, group: string): boolean {
  return id === group || id.startsWith(`${group}.`);
}

/** The state that is entered with a group. */
function leafOf(chart: Chart, id: string): string {
  const initial = everyState(chart.states).find((state) => state.id === id)?.initial ?? null;
  return initial === null ? id : leafOf(chart, initial);
}

function isLeaf(chart: Chart, id: string): boolean {
  return everyState(chart.states).some((state) => state.id === id && state.kind !== 'group');
}
