/**
 * The engine's door, `baton/engine`: drive a machine of one's own by a journal. A workflow is a machine
 * with its steps' schemas (`baton/workflows`); the world is ports.
 */

export { actsOf, undoOf } from './acts.ts';
export { digestOf } from './digest.ts';
export { type Driving, drive, type End, interrupted, type StepFunctions } from './drive.ts';
export {
  absorbEntry,
  begin,
  Divergence,
  type Folding,
  sentenceOf,
  stateOf,
  type Timer,
  type Want,
} from './fold.ts';
export type {
  HookContext,
  HookFacts,
  HookLedger,
  Hooks,
  Inventory,
  Journal,
  Lease,
  Opened,
  Opening,
  Order,
  Publisher,
  RunSummary,
  Servers,
  StageOutcome,
  Teller,
  Told,
} from './ports.ts';
export type { Publication, Publications } from './publications.ts';
export { Answer, Entry, HookOutcome, HookStage, type JournalRecord, StagedHook } from './record.ts';
export type { DriveWorld } from './run-book.ts';
export { type ActResult, type Acts, Refused, refuse, type StepContext } from './step-context.ts';
export { spelled, told } from './telling.ts';
