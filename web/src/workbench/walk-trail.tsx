import { useMemo } from 'react';
import { recordLine } from '../../../src/simulation/record-line.ts';
import type { Walk } from '../../../src/simulation/workbench/walk.ts';
import { litByWalk } from '../../../src/simulation/workbench/lit.ts';
import { Ground } from './ground.tsx';
import classes from './workbench.module.css';

/** The way that was walked: on the ground of the machine, and as the journal would have it. */
export function WalkTrail({ walk }: { walk: Walk }) {
  const { workflow, records } = walk;
  const lit = useMemo(() => litByWalk(walk), [walk]);
  return (
    <div>
      <section className={classes['panel']} aria-label="The machine">
        <h2>The machine</h2>
        <Ground name={workflow.name} lit={lit} />
      </section>
      <section className={classes['panel']} aria-label="Records" style={{ marginTop: 12 }}>
        <h2>As the journal would have it</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable */}
        <pre className={classes['json']} tabIndex={0}>
          {records.map((record) => recordLine(record, records[0]?.at)).join('\n')}
        </pre>
      </section>
    </div>
  );
}
