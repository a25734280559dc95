import { type InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import { storyBegins } from './clock.ts';
import type { Place } from './network.ts';

/** The server that a story calls `a`: a:3306. */
export function named(name: string | undefined): InstanceKey {
  const key = parseInstanceKey(name ?? '', 3306);
  if (key === null) throw new RangeError(`"${name ?? ''}" is no name of a server`);
  return key;
}

export function placeNamed(name: string | undefined): Place {
  return name === 'baton' ? 'baton' : named(name);
}

/** Seconds since the story began. */
export function moment(at: number, begins = storyBegins): string {
  return ((at - begins) / 1_000).toFixed(3).padStart(8);
}
