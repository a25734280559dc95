import { useEffect, useRef } from 'react';
import { Icon, type IconName } from '../parts/icon.tsx';
import type { StageLine } from './stage.ts';
import classes from './workbench.module.css';

const icons: Record<StageLine['by'], IconName | null> = {
  script: 'arrow',
  person: 'pen',
  controller: null,
  world: 'info',
};
const whose: Record<StageLine['by'], string> = {
  script: 'the story',
  person: 'you',
  controller: 'the controller',
  world: 'the world',
};

/** What was said and done, the newest at the end, which stays in sight unless somebody has scrolled back. */
export function Transcript({ lines }: { lines: readonly StageLine[] }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    if (follows.current && box.current !== null && lines.length > 0)
      box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  return (
    <div
      ref={box}
      className={classes['transcript']}
      role="log"
      aria-label="What happens"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      {lines.map((line, index) => (
        <Line key={index} line={line} />
      ))}
    </div>
  );
}

function Line({ line: { at, by, warns, text } }: { line: StageLine }) {
  const icon = warns ? 'warning' : icons[by];
  return (
    <div className={classes['line']} data-by={by} data-warns={warns}>
      <span className={`mono ${classes['at']}`}>{(at / 1_000).toFixed(3)}</span>
      <span title={whose[by]}>{icon === null ? null : <Icon name={icon} size={14} />}</span>
      <span>{text}</span>
    </div>
  );
}
