import { recordLine } from '../../../src/simulation/record-line.ts';
import type { Walk } from '../../../src/simulation/workbench/walk.ts';
import { Ground } from './ground.tsx';
import classes from './workbench.module.css';

/** The way that was walked: on the ground of the machine, and as the journal would have it. */
export function WalkTrail({ walk }: { walk: Walk; onWalk: (walk: Walk) => void }) {
  const { workflow, input, records } = walk;
  return (
    <div>
      <section className={classes['panel']} aria-label="The machine">
        <h2>The machine</h2>
        <Ground workflow={workflow} runs={[{ name: 'this walk', input, records }]} here={walk.folding} />
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
