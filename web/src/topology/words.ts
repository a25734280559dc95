import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import type { IconName } from '../parts/icon.tsx';

/** The words and shapes for how instances stand. */
export const roleWords = {
  primary: 'primary',
  'co-primary': 'co-primary',
  intermediate: 'intermediate source',
  replica: 'replica',
} as const satisfies Record<InstanceLook['role'], string>;

export const toneWords = {
  good: 'fine',
  warn: 'something is not right',
  bad: 'something is wrong',
  calm: 'left alone',
} as const satisfies Record<InstanceLook['tone'], string>;

export const toneIcons = {
  good: 'check',
  warn: 'warning',
  bad: 'cross',
  calm: 'pause',
} as const satisfies Record<InstanceLook['tone'], IconName>;
