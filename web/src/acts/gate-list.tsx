import type { Gate } from '../api/types.ts';
import { Icon } from '../parts/icon.tsx';
import classes from './gate-list.module.css';

/** Every gate, open or shut, and why. */
export function GateList({ gates }: { gates: readonly Gate[] }) {
  const shut = gates.filter(({ open }) => !open);
  return (
    <ul className={classes['gates']} aria-label="Gates">
      {[...shut, ...gates.filter(({ open }) => open)].map(({ gate, open, because }) => (
        <li key={gate} data-open={open}>
          <Icon name={open ? 'check' : 'stop'} size={15} />
          <span className={classes['word']}>{open ? 'open' : 'shut'}</span>
          <span>
            <b>{gate}</b> {because}
          </span>
        </li>
      ))}
    </ul>
  );
}
