import { type Release, usualRelease } from './release.ts';

/** An operation that is under way, and one that came to its end; what its agent returned counts only then. */
export const execStatus = { pending: -1, done: 0 } as const;

const since1: Readonly<Record<number, string>> = {
  [-1]: 'pending',
  0: 'complete',
  1: 'Cancelled',
  2: 'Timed Out',
  3: 'NOT SUPPORTED',
  4: 'Error',
};
const since21: Readonly<Record<number, string>> = {
  ...since1,
  5: 'Hard error',
  6: 'Fatal error',
  7: 'Not installed',
  8: 'Internal communication failure',
  9: 'Cannot execute now',
  10: 'No fence device',
  11: 'CIB secrets unavailable',
};
const texts: Record<Release, Readonly<Record<number, string>>> = {
  '1.1.10': since1,
  '2.0': { ...since1, 7: 'Not installed' },
  '2.1': { ...since21, [-2]: 'UNKNOWN' },
  '3.0': { ...since21, [-1]: 'Pending', 0: 'Done', 2: 'Timed out', 3: 'Unsupported' },
};

/** What Pacemaker calls the state of an execution (pcmk_exec_status_str). */
export function execStatusText(status: number, release: Release = usualRelease): string {
  return texts[release][status] ?? (release === '3.0' ? 'Unrecognized status (bug?)' : 'UNKNOWN!');
}
