import { randomBytes } from 'node:crypto';
import type { Chance } from '../kernel/clock.ts';

export { systemClock } from '../process/system-clock.ts';

export const systemChance: Chance = {
  hex: (count) =>
    randomBytes(Math.ceil(count / 2))
      .toString('hex')
      .slice(0, count),
};
