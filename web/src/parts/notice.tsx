import { Box, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import classes from './notice.module.css';
import type { Tone } from './tag.tsx';

const icons: Record<Tone, IconName> = {
  good: 'check',
  warn: 'warning',
  bad: 'cross',
  calm: 'info',
  mark: 'info',
};

/** Something that whoever looks has to know before the rest. */
export function Notice({
  tone,
  title,
  actions,
  children,
}: {
  tone: Tone;
  title: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={classes['notice']} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Box className={classes['icon']}>
          <Icon name={icons[tone]} />
        </Box>
        <Box flex={1} miw={0}>
          <div className={classes['title']}>{title}</div>
          {children === undefined ? null : <div className={classes['text']}>{children}</div>}
        </Box>
        {actions}
      </Group>
    </div>
  );
}
