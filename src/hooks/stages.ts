import type { HookStage } from '../engine/record.ts';

/** When each stage runs, and whether a failing hook ends it and vetoes what follows (orchestrator 3.2.6, section 1.1). */
export const stages: Readonly<Record<HookStage, { readonly when: string; readonly mayVeto: boolean }>> = {
  OnFailureDetectionProcesses: {
    when: 'A failure was detected, whatever may be decided about it afterwards.',
    mayVeto: true,
  },
  PreGracefulTakeoverProcesses: {
    when: 'A planned takeover is about to make the primary read-only.',
    mayVeto: true,
  },
  PreFailoverProcesses: {
    when: 'A recovery is about to begin; nothing has been touched.',
    mayVeto: true,
  },
  PostMasterFailoverProcesses: {
    when: 'A primary was replaced: this is where proxies and names learn of the successor.',
    mayVeto: false,
  },
  PostIntermediateMasterFailoverProcesses: {
    when: 'The replicas of a dead intermediate source or group member have a new source.',
    mayVeto: false,
  },
  PostFailoverProcesses: {
    when: 'A recovery of any kind ended with a successor.',
    mayVeto: false,
  },
  PostUnsuccessfulFailoverProcesses: {
    when: 'A recovery was tried and ended without a successor.',
    mayVeto: false,
  },
  PostGracefulTakeoverProcesses: {
    when: 'A planned takeover has promoted the successor; the last thing it does.',
    mayVeto: false,
  },
  PostTakeMasterProcesses: {
    when: 'A replica took the place of its own source.',
    mayVeto: false,
  },
};
