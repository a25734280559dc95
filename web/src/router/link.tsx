import { Anchor, type AnchorProps } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';
import { go, hrefOf } from './history.ts';
import type { Place } from './places.ts';

/** A link within the page. It is a true link: it can be copied, and opened beside. */
export function Link({ to, children, ...rest }: AnchorProps & { to: Place; children: ReactNode }) {
  return (
    <Anchor {...rest} {...linkTo(to)}>
      {children}
    </Anchor>
  );
}

/** What makes any anchor such a link. */
export function linkTo(place: Place) {
  return {
    href: hrefOf(place),
    onClick(event: MouseEvent) {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(place);
    },
  };
}
