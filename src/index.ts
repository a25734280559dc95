/**
 * The library's main door: what is known, what is wrong with it, where it is written down. Machines are at
 * `baton/workflows`, the engine that drives them at `baton/engine`.
 */

export { analyse } from './analysis/analyse.ts';
export type { Candidate } from './analysis/choice/candidates.ts';
export { type Choice, chooseSuccessor } from './analysis/choice/choose-successor.ts';
export { Finding, Treatment } from './analysis/finding.ts';
export { type Gate, type GateFacts, gatesOf } from './analysis/gates/gates.ts';
export { freely, type PromotionRules } from './analysis/choice/promotion-rules.ts';
export type { AnalysisSettings } from './analysis/settings.ts';
export { memoryJournal } from './journal/memory.ts';
export { openSqliteJournal } from './journal/sqlite.ts';
export { BatonError, type ErrorCode, errorTable } from './kernel/errors.ts';
export {
  compareKeys,
  hostOf,
  InstanceKey,
  instanceKey,
  parseInstanceKey,
  portOf,
} from './kernel/instance-key.ts';
export { compareGtid, containsGtid, countGtid, subtractGtid, unionGtid } from './topology/gtid/arithmetic.ts';
export { parseGtid } from './topology/gtid/parse.ts';
export { gtidText } from './topology/gtid/text.ts';
export { Observation, Replication, Server } from './topology/observation.ts';
export { type Instance, newInstance, type Snapshot, withObservation } from './topology/snapshot.ts';
