import type { TakeoverInput, TakeoverStory, takeoverSteps } from '../../../workflows/takeover.ts';
import type { StepFunctions } from '../../engine/drive.ts';
import type { HookStage } from '../../engine/record.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { verify } from '../recovery/promote.ts';
import { whilePublishing } from '../publish-successor.ts';
import { runStageOf } from '../run-stage.ts';
import type { StepWorld } from '../step-world.ts';
import { approach } from './approach.ts';
import { checkTakeover } from './check.ts';
import { followDesignated } from './follow.ts';
import { freeze } from './freeze.ts';
import { gatherBelow } from './gather.ts';
import { judgeTakeover } from './judge.ts';
import { promoteDesignated } from './promote.ts';
import { undoTakeover } from './undo.ts';
import { wasToldToLead } from '../recovery/told-to-lead.ts';
import { unfinishedStory } from '../unfinished-story.ts';

/** The steps of a planned takeover, in the order of workflows/takeover.ts. */
export function takeoverStepsOn(world: StepWorld): StepFunctions<typeof takeoverSteps> {
  const stage = (name: HookStage) => (story: TakeoverStory, context: StepContext) =>
    runStageOf(world, name, story, context);
  return {
    check: (story, context) => checkTakeover(world, story, context),
    prepareHooks: (story, context) =>
      runStageOf(world, 'PreGracefulTakeoverProcesses', asDesignated(story), context),
    detectionHooks: stage('OnFailureDetectionProcesses'),
    preFailoverHooks: stage('PreFailoverProcesses'),
    gatherBelow: (story, context) => gatherBelow(world, story, context),
    approach: (story, context) => approach(world, story, context),
    freeze: (story, context) => freeze(world, story, context),
    promote: (story, context) => promoteDesignated(world, story, context),
    verify: (story, context) => verify(world, story, context),
    repoint: (story, context) =>
      whilePublishing(story, context, () => followDesignated(world, story, context)),
    judge: (story, context) => judgeTakeover(world, story, context),
    postPrimaryHooks: stage('PostMasterFailoverProcesses'),
    postFailoverHooks: stage('PostFailoverProcesses'),
    postTakeoverHooks: stage('PostGracefulTakeoverProcesses'),
    undo: (story, context) => undoTakeover(world, story, context),
    postUnsuccessfulHooks: (story, context) =>
      runStageOf(world, 'PostUnsuccessfulGracefulTakeoverProcesses', asDesignated(story), context),
  };
}

/** Hooks before the promotion, and after one that came to nothing, are told who was to be the new primary. */
function asDesignated(story: TakeoverStory) {
  return { ...story, designated: story.election?.successor ?? null };
}

/**
 * What is owed when a takeover cannot be continued by this build: where nobody was told to be the primary everything
 * is put back, and then the hooks of the end it reached.
 */
export async function settleTakeover(
  world: StepWorld,
  input: unknown,
  context: StepContext,
): Promise<string> {
  const opening = input as TakeoverInput;
  const { instance, replicas } = opening.finding;
  const successor = replicas.find((key) => wasToldToLead(context.history(), key)) ?? null;
  const story: TakeoverStory = {
    ...opening,
    ...unfinishedStory,
    successor,
    touched: true,
    upTo: '',
  };
  if (successor === null) {
    const { because } = await undoTakeover(world, story, context);
    await runStageOf(world, 'PostUnsuccessfulGracefulTakeoverProcesses', story, context);
    return because;
  }
  for (const stage of [
    'PostMasterFailoverProcesses',
    'PostFailoverProcesses',
    'PostGracefulTakeoverProcesses',
  ] as const)
    await runStageOf(world, stage, story, context);
  return `${successor} was told to be the primary in place of ${instance}: see whether it is, and point ${instance} at it`;
}
