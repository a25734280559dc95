import type { JournalRecord } from '../engine/record.ts';
import { BatonError } from '../kernel/errors.ts';

export function unknownRun(uid: string): BatonError {
  return new BatonError('run-unknown', `there is no run ${uid} in the journal`);
}

/** What a hook that a run left behind may still have to say after the end of the run. */
const late: readonly JournalRecord['kind'][] = ['hook', 'hooked', 'awaiting', 'approved'];

export function mayFollowTheEnd(kind: JournalRecord['kind']): boolean {
  return late.includes(kind);
}

export function endedRun(uid: string): BatonError {
  return new BatonError('run-ended', `run ${uid} has ended and takes no more records`);
}

export function goingRun(uid: string): BatonError {
  return new BatonError('run-active', `run ${uid} has not ended, so there is no end to acknowledge`);
}
