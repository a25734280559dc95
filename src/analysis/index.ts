/**
 * The door of judgement, `baton/analysis`: what is wrong with a topology, whether one server can replicate from
 * another, who would be promoted and why nobody else, how well that would go. Each question is one pure function of a
 * snapshot (`baton/topology`) and of settings, which a configuration gives; each answer says its reason in words.
 */

export { type Config, defaultConfig } from '../config/keys.ts';
export { analyse } from './analyse.ts';
export { type Peer, type ReplicationRules, whyNotReplicate } from './choice/can-replicate.ts';
export { type Candidate, executed, holdings } from './choice/candidates.ts';
export { type Choice, chooseSuccessor } from './choice/choose-successor.ts';
export { DataVerdict } from './cost/data-verdict.ts';
export { Finding, isActionable, Treatment, Trouble } from './finding.ts';
export { type Gate, type GateFacts, gatesOf } from './gates/gates.ts';
export { freely, type PromotionRules } from './choice/promotion-rules.ts';
export { promotionRulesOf } from './choice/promotion-settings.ts';
export {
  type Readiness,
  type ReadinessReason,
  type ReadinessSubject,
  readinessOf,
} from './advice/readiness.ts';
export { type AnalysisSettings, analysisSettings } from './settings.ts';
export { type Succession, successionOf } from './choice/succession.ts';
export { Verdict, verdictOn } from './verdict.ts';
