import { useEffect, useRef } from 'react';
import type { Line } from '../../../src/drawing/lines.ts';
import { Icon } from '../parts/icon.tsx';
import classes from './recovery.module.css';

/** What happened, line by line: who spoke and what was said. Each line leads to its moment. */
export function Timeline({
  lines,
  newest,
  place,
  began,
  onPlace,
}: {
  lines: readonly Line[];
  /** The place of the last that leads to a moment. */
  newest: number;
  place: number;
  began: number;
  onPlace: (place: number | null) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const line = list.current?.querySelector('[aria-current]');
    if (list.current === null || !(line instanceof HTMLElement)) return;
    // The list alone is scrolled, never the page below whoever reads it.
    list.current.scrollTop = line.offsetTop - list.current.clientHeight / 2;
  }, [place]);
  const seconds = (at: number) => ((at - began) / 1_000).toFixed(3);
  return (
    <ol className={classes['timeline']} ref={list} aria-label="Timeline">
      {lines.map((line) =>
        line.kind === 'heard' ? (
          <li key={`${line.at} ${line.heard.because}`} className={classes['heard']}>
            <span className={classes['time']}>{seconds(line.at)}</span>
            <span className={classes['by']}>{line.heard.from}</span>
            <span className={classes['sentence']}>{line.heard.because}</span>
          </li>
        ) : (
          <li
            key={line.row.count}
            data-later={line.place > place}
            aria-current={line.place === place ? 'step' : undefined}
          >
            <button type="button" onClick={() => onPlace(line.place === newest ? null : line.place)}>
              <span className={classes['time']}>{seconds(line.row.at)}</span>
              <span className={classes['by']} data-by={line.row.by}>
                {line.row.by}
              </span>
              <span className={classes['sentence']}>
                {line.row.isBad ? <Icon name="cross" size={13} /> : null} {line.row.sentence}
              </span>
            </button>
          </li>
        ),
      )}
    </ol>
  );
}
