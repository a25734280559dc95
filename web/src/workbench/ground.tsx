import { useMemo } from 'react';
import type { Workflow } from '../../../workflows/step.ts';
import { type Folding, stateOf } from '../../../src/engine/fold.ts';
import { coverageOf, type Told } from '../../../src/simulation/workbench/coverage.ts';
import { Icon } from '../parts/icon.tsx';
import classes from './workbench.module.css';

/** The states of a machine, those that runs have passed marked, and where one of them stands. */
export function Ground({
  workflow,
  runs,
  here,
}: {
  workflow: Workflow;
  runs: readonly Told[];
  here: Folding | null;
}) {
  const { states } = useMemo(() => coverageOf(workflow, runs), [workflow, runs]);
  const standing = here === null ? [] : stateOf(here).split(' + ');
  return (
    <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {states.map(({ state, by }) => {
        const is = standing.includes(state) ? 'next' : by.length > 0 ? 'passed' : 'coming';
        return (
          <li
            key={state}
            className={classes['command']}
            data-is={is}
            aria-current={is === 'next' ? 'step' : undefined}
          >
            {is === 'next' ? (
              <Icon name="arrow" size={14} />
            ) : is === 'passed' ? (
              <Icon name="check" size={14} />
            ) : (
              <span />
            )}
            <span>{state}</span>
          </li>
        );
      })}
    </ol>
  );
}
