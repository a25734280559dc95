import classes from './plan.module.css';

/** What would be done, line by line, statements as they would be sent. */
export function Plan({ lines }: { lines: readonly string[] }) {
  return (
    <ol className={classes['plan']}>
      {lines.map((line, place) => (
        <li key={place}>{line}</li>
      ))}
    </ol>
  );
}
