export { acting } from './acting.ts';
export { type AllClearInput, allClear, allClearSteps } from './all-clear.ts';
export { type DetectionInput, type DetectionStory, detection, detectionSteps } from './detection.ts';
export { type HearingInput, type HearingStory, hearing, hearingSteps } from './hearing.ts';
export { type MendingStory, mending, mendingSteps } from './mending.ts';
export { type RelocationStory, relocation, relocationSteps } from './relocation.ts';
export {
  type Election,
  isRecovered,
  type RecoveryInput,
  type RecoveryStory,
  recovery,
  recoverySteps,
} from './recovery.ts';
export { type RejoinInput, type RejoinStory, rejoin, rejoinSteps } from './rejoin.ts';
export { Request } from './request.ts';
export { type ReshapingInput, type ReshapingStory, reshaping, reshapingSteps } from './reshaping.ts';
export { type ReturnInput, type ReturnStory, returning, returningSteps } from './returning.ts';
export { type RoleInput, type RoleStory, role, type TimedRoleEvent } from './role.ts';
export {
  actorsOf,
  failureOf,
  type Step,
  type StepFailure,
  type Steps,
  step,
  type Workflow,
  wasRefused,
} from './step.ts';
export {
  isTakenOver,
  type TakeoverInput,
  type TakeoverStory,
  takeover,
  takeoverSteps,
} from './takeover.ts';
export { type SuspicionInput, type SuspicionStory, suspicion, suspicionSteps } from './suspicion.ts';
