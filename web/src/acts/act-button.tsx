import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLive } from '../live/use-live.ts';
import { type Act, wordsOf } from './act.ts';
import { openAct } from './open-act.ts';
import { forbidden } from './permission.ts';

/** Leads to what an act would do. Whoever may not do it is told why; the button stays where it is. */
export function ActButton({ act, children, ...rest }: ButtonProps & { act: Act; children?: ReactNode }) {
  const session = useLive((state) => state.session);
  const leader = useLive((state) => state.leader);
  const isHeard = useLive((state) => state.line.is === 'open');
  const because = forbidden(act, { session, leader, isHeard });
  const button = (
    <Button
      size="xs"
      variant="default"
      {...(because === null ? {} : { 'data-disabled': true })}
      aria-disabled={because !== null}
      {...(because === null ? {} : { 'aria-description': because })}
      onClick={() => (because === null ? openAct(act) : undefined)}
      {...rest}
    >
      {children ?? wordsOf(act).button}
    </Button>
  );
  if (because === null) return button;
  return (
    <Tooltip label={because} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      {button}
    </Tooltip>
  );
}
