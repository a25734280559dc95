import { BatonError } from '../../kernel/errors.ts';
import { recorded } from '../../simulation/stage/recording.ts';
import type { Script } from '../../simulation/stage/script.ts';
import { coverageOf, coverageText, type Told } from '../../simulation/workbench/coverage.ts';
import { machines } from '../../simulation/workbench/machines.ts';

/** How much of each workflow the stories walk through; of one workflow, each state and way that none does. Throws `usage`. */
export async function coverageReport(
  only: string | null,
  scripts: readonly Script[],
  breathe: () => Promise<void>,
): Promise<readonly string[]> {
  const meant = machines.filter(({ name }) => only === null || name === only);
  if (meant.length === 0) {
    const names = machines.map(({ name }) => name).join(', ');
    throw new BatonError('usage', `there is no workflow called "${only}"; there are: ${names}`);
  }
  const runs = await runsOf(scripts, breathe);
  return meant.flatMap((workflow) => {
    const coverage = coverageOf(workflow, runs.get(workflow.name) ?? []);
    const line = `${workflow.name}: ${coverageText(coverage)}`;
    if (only === null) return [line];
    const states = coverage.states.filter(({ by }) => by.length === 0);
    const ways = coverage.ways.filter(({ by }) => by.length === 0);
    return [
      line,
      ...states.map(({ state }) => `  no story comes to ${state}`),
      ...ways.map(
        ({ way }) => `  no story goes from ${way.from === '' ? 'anywhere' : way.from} to ${way.to}`,
      ),
    ];
  });
}

/** By the names of their workflows. */
async function runsOf(
  scripts: readonly Script[],
  breathe: () => Promise<void>,
): Promise<Map<string, Told[]>> {
  const runs = new Map<string, Told[]>();
  for (const script of scripts)
    for (const { story, opening, records } of await recorded(script, breathe)) {
      const known = runs.get(opening.workflow) ?? [];
      runs.set(opening.workflow, [...known, { name: story, input: opening.input, records }]);
    }
  return runs;
}
