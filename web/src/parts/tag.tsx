import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import classes from './tag.module.css';

/** How something stands: a word with a shape and a colour, which say the same. */
export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'mark';

export function Tag({
  tone = 'calm',
  icon,
  title,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span className={classes['tag']} data-tone={tone} title={title}>
      {icon === undefined ? null : <Icon name={icon} size={13} />}
      {children}
    </span>
  );
}
