import type { Workflow } from '../../../workflows/step.ts';
import { absorbEntry, begin, Divergence, stateOf } from '../../engine/fold.ts';
import type { JournalRecord } from '../../engine/record.ts';
import { groundOf, type Way, waysTaken } from './ways.ts';

/** A run that is looked at, and what it is called. */
export interface Told {
  readonly name: string;
  readonly input: unknown;
  readonly records: readonly JournalRecord[];
}

/** What of a machine runs have walked through, and which of them; each state and way of the machine is there. */
export interface Coverage {
  readonly states: readonly { readonly state: string; readonly by: readonly string[] }[];
  readonly ways: readonly { readonly way: Way; readonly by: readonly string[] }[];
  /** Runs that today's machine does not understand. */
  readonly strange: readonly string[];
}

export function coverageOf(workflow: Workflow, runs: readonly Told[]): Coverage {
  const { states, ways } = groundOf(workflow.machine);
  const passed = new Map<string, Set<string>>(
    [...states, ...ways.map(({ id }) => id)].map((id) => [id, new Set()]),
  );
  const strange: string[] = [];
  for (const run of runs) {
    try {
      for (const id of passedBy(workflow, run)) passed.get(id)?.add(run.name);
    } catch (error) {
      if (!(error instanceof Divergence)) throw error;
      strange.push(run.name);
    }
  }
  const by = (id: string) => [...(passed.get(id) ?? [])];
  return {
    states: states.map((state) => ({ state, by: by(state) })),
    ways: ways.map((way) => ({ way, by: by(way.id) })),
    strange,
  };
}

/** How much of it that is: `12 of 14 states, 20 of 31 ways`. */
export function coverageText({ states, ways }: Coverage): string {
  const walked = (all: readonly { readonly by: readonly string[] }[]) =>
    all.filter(({ by }) => by.length > 0).length;
  return `${walked(states)} of ${states.length} states, ${walked(ways)} of ${ways.length} ways`;
}

/** The ids of states and ways that a run has passed. Throws Divergence. */
export function passedBy(workflow: Workflow, { input, records }: Told): ReadonlySet<string> {
  let folding = begin(workflow, input);
  const passed = new Set<string>(stateOf(folding).split(' + '));
  for (const record of records) {
    for (const { id, to } of waysTaken(folding, record)) passed.add(id).add(to);
    folding = absorbEntry(folding, record);
    for (const state of stateOf(folding).split(' + ')) passed.add(state);
  }
  return passed;
}
