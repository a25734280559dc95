import type { InstanceLook } from '../../../src/drawing/instance-look.ts';

/** The words for how instances stand. */
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
