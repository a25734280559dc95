import type { HookStage } from '../engine/record.ts';

/** What is to be known of a stage, whoever's hooks it runs. */
export interface Stage {
  readonly when: string;
  /** Whether the first failing hook ends it and what it would have led to; `strict` only as orchestrator had it. */
  readonly mayVeto: boolean | 'strict';
  /** What its hooks are told of the new primary. */
  readonly successor: 'unknown' | 'designated' | 'known';
}

/** When each stage runs, and what a failing hook does (orchestrator 3.2.6, section 1.1). */
export const stages: Readonly<Record<HookStage, Stage>> = {
  OnFailureDetectionProcesses: {
    when: 'A failure was detected, whatever may be decided about it afterwards.',
    mayVeto: 'strict',
    successor: 'unknown',
  },
  PreGracefulTakeoverProcesses: {
    when: 'A planned takeover is about to make the primary read-only.',
    mayVeto: true,
    successor: 'designated',
  },
  PreFailoverProcesses: {
    when: 'A recovery is about to begin; nothing has been touched.',
    mayVeto: true,
    successor: 'unknown',
  },
  PostMasterFailoverProcesses: {
    when: 'A primary was replaced: this is where proxies and names learn of the successor.',
    mayVeto: false,
    successor: 'known',
  },
  PostIntermediateMasterFailoverProcesses: {
    when: 'The replicas of a dead intermediate source or group member have a new source.',
    mayVeto: false,
    successor: 'known',
  },
  PostFailoverProcesses: {
    when: 'A recovery of any kind ended with a successor.',
    mayVeto: false,
    successor: 'known',
  },
  PostUnsuccessfulFailoverProcesses: {
    when: 'A recovery was tried and ended without a successor.',
    mayVeto: false,
    successor: 'unknown',
  },
  PostGracefulTakeoverProcesses: {
    when: 'A planned takeover has promoted the successor; the last thing it does.',
    mayVeto: false,
    successor: 'known',
  },
  PostTakeMasterProcesses: {
    when: 'A replica took the place of its own source.',
    mayVeto: false,
    successor: 'known',
  },
  PostUnsuccessfulGracefulTakeoverProcesses: {
    when: 'A planned takeover was begun and came to nothing; the old primary was put back.',
    mayVeto: false,
    successor: 'designated',
  },
  OnAllClearProcesses: {
    when: 'A failure that hooks were told of is over, and no recovery was needed.',
    mayVeto: false,
    successor: 'unknown',
  },
  SaveErrantCommand: {
    when: 'A replaced primary is to be rebuilt: saves the transactions that only it has; a failure ends it.',
    mayVeto: true,
    successor: 'known',
  },
  RebuildCommand: {
    when: 'They are saved: puts a copy of another server in the place of the replaced primary.',
    mayVeto: true,
    successor: 'known',
  },
};

/** Stages that follow a promotion: FailRecoveryOnFailedPostFailoverProcesses makes their failures count. */
const afterPromotion: ReadonlySet<HookStage> = new Set<HookStage>([
  'PostMasterFailoverProcesses',
  'PostIntermediateMasterFailoverProcesses',
  'PostFailoverProcesses',
]);

/** They take as long as a copy of a server takes: RebuildTimeoutSeconds holds in place of the timeouts of hooks. */
export const lengthy: ReadonlySet<HookStage> = new Set<HookStage>(['SaveErrantCommand', 'RebuildCommand']);

/** Whether a failing hook that says nothing of its own ends this stage. */
export function mayVetoAt(
  stage: HookStage,
  settings: { readonly compatibility: 'sane' | 'strict'; readonly postHooksCount: boolean },
): boolean {
  if (settings.postHooksCount && afterPromotion.has(stage)) return true;
  const { mayVeto } = stages[stage];
  return mayVeto === 'strict' ? settings.compatibility === 'strict' : mayVeto;
}

/** One course of events: stages in their order, and what happens between them. */
export interface Flow {
  readonly title: string;
  /** Said where this version of Baton does not know the flow yet; null where it does. */
  readonly notYet: string | null;
  readonly steps: readonly (HookStage | { readonly does: string })[];
}

const promotes = { does: 'A replica becomes the primary, and the others follow it.' };
const readOnly = { does: 'The old primary is made read-only, and the successor catches up.' };
const beforeTakeover = ['OnFailureDetectionProcesses', 'PreFailoverProcesses'] as const;
const afterTakeover = [
  promotes,
  'PostMasterFailoverProcesses',
  'PostFailoverProcesses',
  { does: 'The old primary follows the new one.' },
  'PostGracefulTakeoverProcesses',
] as const;

/**
 * What runs when. With HookCompatibility at `strict` a planned takeover is orchestrator's, whose primary is
 * read-only already while two stages of hooks run (orchestrator 3.2.6, section 1.2).
 */
export function flowsOf(compatibility: 'sane' | 'strict'): readonly Flow[] {
  const takeover = compatibility === 'sane' ? [...beforeTakeover, readOnly] : [readOnly, ...beforeTakeover];
  return [
    {
      title: 'A dead primary is recovered',
      notYet: null,
      steps: [
        'OnFailureDetectionProcesses',
        { does: 'The failure is confirmed, and every gate is asked.' },
        'PreFailoverProcesses',
        promotes,
        'PostMasterFailoverProcesses',
        'PostFailoverProcesses',
      ],
    },
    {
      title: 'A recovery comes to nothing',
      notYet: null,
      steps: [
        'OnFailureDetectionProcesses',
        'PreFailoverProcesses',
        { does: 'What was changed is put back.' },
        'PostUnsuccessfulFailoverProcesses',
      ],
    },
    {
      title: 'A failure goes away by itself',
      notYet: null,
      steps: ['OnFailureDetectionProcesses', { does: 'Nothing is recovered.' }, 'OnAllClearProcesses'],
    },
    {
      title: 'A dead intermediate source is replaced',
      notYet: null,
      steps: [
        'OnFailureDetectionProcesses',
        'PreFailoverProcesses',
        { does: 'Its replicas get another source.' },
        'PostIntermediateMasterFailoverProcesses',
        'PostFailoverProcesses',
      ],
    },
    {
      title: 'A planned takeover',
      notYet: null,
      steps: ['PreGracefulTakeoverProcesses', ...takeover, ...afterTakeover],
    },
    {
      title: 'A planned takeover comes to nothing',
      notYet: null,
      steps: [
        'PreGracefulTakeoverProcesses',
        { does: 'The old primary takes writes again.' },
        'PostUnsuccessfulGracefulTakeoverProcesses',
      ],
    },
    {
      title: 'A replaced primary that has what its successor lacks is rebuilt',
      notYet: null,
      steps: [
        { does: 'A person asks for it: baton rejoin --rebuild.' },
        'SaveErrantCommand',
        'RebuildCommand',
        { does: 'It follows its successor.' },
      ],
    },
    {
      title: 'A replica takes the place of its source',
      notYet: 'This version of Baton never does.',
      steps: ['PostTakeMasterProcesses'],
    },
  ];
}
