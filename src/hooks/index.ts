/**
 * The door of hooks, `baton/hooks`: run a stage of orchestrator's hooks, one by itself (`runStage`) or all
 * of them by a journal of one's own (`hooksOf`, a ledger, a runner); know what hooks are told and when;
 * quote values for a shell; judge hooks before they run.
 */

export { type ConfiguredHook, type HookAction, HookList, spelledHook } from '../config/hook.ts';
export { type LedgerBook, ledgerOf } from '../engine/ledger.ts';
export type { HookFacts, HookLedger, Hooks, StageOutcome, Teller } from '../engine/ports.ts';
export { type HookClass, HookOutcome, HookStage, StagedHook } from '../engine/record.ts';
export type { Clock } from '../kernel/clock.ts';
export { systemClock } from '../process/system-clock.ts';
export type { LintFinding, LintRequest } from './lint/finding.ts';
export { lintHooks } from './lint/lint-hooks.ts';
export { type Substituted, substitute, type Value, type Values } from './quoting/substitute.ts';
export { type RehearsedCluster, rehearsalFacts } from './rehearsal/facts.ts';
export { type HookSettings, renderStage } from './render.ts';
export { type HookRan, runStage, type StageRan, type StageRun } from './run-stage.ts';
export type { HookRun, HookRunner } from './runner.ts';
export type { HookEnvironment } from './spawner/environment.ts';
export { type SpawnerOptions, startSpawner } from './spawner/client.ts';
export { type HookLists, type HookWorld, hooksOf } from './stage.ts';
export { type Flow, flowsOf, mayVetoAt, type Stage, stages } from './stages.ts';
export { textOf, variablesOf, type Word, words } from './words.ts';
