import { useEffect, useRef } from 'react';
import type { Row } from '../../../src/drawing/rows.ts';
import { Icon } from '../parts/icon.tsx';
import classes from './recovery.module.css';

/** What happened, line by line: who spoke and what was said. Each line leads to its moment. */
export function Timeline({
  rows,
  place,
  began,
  onPlace,
}: {
  rows: readonly Row[];
  place: number;
  began: number;
  onPlace: (place: number | null) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const line = list.current?.children[place];
    if (list.current === null || !(line instanceof HTMLElement)) return;
    // The list alone is scrolled, never the page below whoever reads it.
    list.current.scrollTop = line.offsetTop - list.current.clientHeight / 2;
  }, [place]);
  return (
    <ol className={classes['timeline']} ref={list} aria-label="Timeline">
      {rows.map(({ count, at, by, sentence, isBad }, line) => (
        <li key={count} data-later={line > place} aria-current={line === place ? 'step' : undefined}>
          <button type="button" onClick={() => onPlace(line === rows.length - 1 ? null : line)}>
            <span className={classes['time']}>{((at - began) / 1_000).toFixed(3)}</span>
            <span className={classes['by']} data-by={by}>
              {by}
            </span>
            <span className={classes['sentence']}>
              {isBad ? <Icon name="cross" size={13} /> : null} {sentence}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
