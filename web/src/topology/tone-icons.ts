import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import type { IconName } from '../parts/icon.tsx';

/** The shapes for how instances stand. */
export const toneIcons = {
  good: 'check',
  warn: 'warning',
  bad: 'cross',
  calm: 'pause',
} as const satisfies Record<InstanceLook['tone'], IconName>;
