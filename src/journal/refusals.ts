import { BatonError } from '../kernel/errors.ts';

export function unknownRun(uid: string): BatonError {
  return new BatonError('run-unknown', `there is no run ${uid} in the journal`);
}

export function endedRun(uid: string): BatonError {
  return new BatonError('run-ended', `run ${uid} has ended and takes no more records`);
}

export function goingRun(uid: string): BatonError {
  return new BatonError('run-active', `run ${uid} has not ended, so there is no end to acknowledge`);
}
