import type { RoleEvent } from '../role/plan.ts';
import { contributionOf, fileContribution } from '../role/priority.ts';
import type { Tracker } from './plan.ts';

/** How a tracked thing stands: a script or an interface good or bad, a file with its number, a script not yet run. */
export type Standing = boolean | number | null;

/** What it brings to who tracks it. `untried` counts only without a weight. */
export type Share = number | 'fault' | 'untried';

export function shareOf({ kind, weight, reverse }: Tracker, standing: Standing): Share {
  if (kind === 'file') return fileShare(typeof standing === 'number' ? standing : 0, weight, reverse);
  if (standing === null) return weight === 0 ? 'untried' : 0;
  const isGood = standing === true;
  if (weight === 0) return isGood === reverse ? 'fault' : 0;
  const share = contributionOf(weight, isGood);
  return reverse ? -share : share;
}

function fileShare(value: number, weight: number, reverse: boolean): Share {
  if (weight === 0 && reverse) return value === 0 ? 'fault' : 0;
  return fileContribution(value, reverse ? -weight : weight);
}

/** What the instance hears when a share becomes another. */
export function eventsOf(before: Share, after: Share): readonly RoleEvent[] {
  if (before === after) return [];
  if (before === 'untried') return [{ type: 'tried', isGood: after !== 'fault' }];
  const by = (typeof after === 'number' ? after : 0) - (typeof before === 'number' ? before : 0);
  const weighed: readonly RoleEvent[] = by === 0 ? [] : [{ type: 'weigh', by }];
  if (after === 'fault') return [{ type: 'failed' }, ...weighed];
  return before === 'fault' ? [...weighed, { type: 'mended' }] : weighed;
}
