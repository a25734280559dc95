import { useEffect, useRef } from 'react';
import { Icon } from '../parts/icon.tsx';
import type { StageState } from './stage.ts';
import classes from './workbench.module.css';

/** The commands of the story, and which of them were given. */
export function ScriptList({ stage }: { stage: StageState }) {
  const box = useRef<HTMLOListElement>(null);
  const { given } = stage;
  useEffect(() => {
    const next = box.current?.children[Math.max(0, given - 1)];
    if (next instanceof HTMLElement && box.current !== null)
      box.current.scrollTop = next.offsetTop - box.current.offsetTop - 80;
  }, [given]);
  return (
    <section className={classes['panel']} aria-label="The story" style={{ marginTop: 12 }}>
      <h2>
        The story, {given} of {stage.commands.length} told
      </h2>
      <ol
        ref={box}
        className={classes['scroll']}
        style={{ listStyle: 'none', margin: 0, padding: 0, maxHeight: 260 }}
        // It can be scrolled by keyboard too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable
        tabIndex={0}
        aria-label="Commands"
      >
        {stage.commands.map((command, index) => {
          const is = index < given - 1 ? 'given' : index === given - 1 ? 'next' : 'coming';
          return (
            <li key={index} className={classes['command']} data-is={is}>
              {is === 'given' ? (
                <Icon name="check" size={14} />
              ) : is === 'next' ? (
                <Icon name="arrow" size={14} />
              ) : (
                <span />
              )}
              <span className="mono">{shown(command)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const longest = 160;

function shown(command: string): string {
  return command.length > longest ? `${command.slice(0, longest)}…` : command;
}
