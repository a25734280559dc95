import classes from './plan.module.css';
import { stepsIn } from './steps.ts';

/** What would be done, step by step, with the statements as they would be sent. */
export function Plan({ lines }: { lines: readonly string[] }) {
  return (
    <ol className={classes['plan']}>
      {stepsIn(lines).map(({ place, says, statements }) => (
        <li key={place}>
          {says}
          {statements.length === 0 ? null : <pre>{statements.join('\n')}</pre>}
        </li>
      ))}
    </ol>
  );
}
