import type { recoverySteps } from '../../../workflows/recovery.ts';
import type { StepFunctions } from '../../engine/drive.ts';
import { catchUp } from './catch-up.ts';
import { confirmFailure } from './confirm.ts';
import { elect } from './elect.ts';
import { fence } from './fence.ts';
import { fetch } from './fetch.ts';
import { gather } from './gather.ts';
import { judge } from './judge.ts';
import { promote, verify } from './promote.ts';
import { repointReplicas } from './repoint.ts';
import { restore } from './restore.ts';
import { rescue } from './rescue.ts';
import { whilePublishing } from '../publish-successor.ts';
import { runStageOf } from '../run-stage.ts';
import type { StepWorld } from '../step-world.ts';
import { undo } from '../undo.ts';

/** The steps of a recovery of a dead primary, in the order of workflows/recovery.ts. */
export function recoveryStepsOn(world: StepWorld): StepFunctions<typeof recoverySteps> {
  return {
    confirm: (story, context) => confirmFailure(world, story, context),
    preFailoverHooks: (story, context) => runStageOf(world, 'PreFailoverProcesses', story, context),
    fence: (story, context) => fence(world, story, context),
    gather: (story, context) => gather(world, story, context),
    rescue: (story, context) => rescue(world, story, context),
    elect: (story, context) => elect(world, story, context),
    catchUp: (story, context) => catchUp(world, story, context),
    fetch: (story, context) => fetch(world, story, context),
    restore: (story, context) => restore(world, story, context),
    promote: (story, context) => promote(world, story, context),
    verify: (story, context) => verify(world, story, context),
    repoint: (story, context) =>
      whilePublishing(story, context, () => repointReplicas(world, story, context)),
    judge: (story, context) => judge(world, story, context),
    postPrimaryHooks: (story, context) => runStageOf(world, 'PostMasterFailoverProcesses', story, context),
    postFailoverHooks: (story, context) => runStageOf(world, 'PostFailoverProcesses', story, context),
    undo: (story, context) => undo(world, story, context),
    postUnsuccessfulHooks: (story, context) =>
      runStageOf(world, 'PostUnsuccessfulFailoverProcesses', story, context),
  };
}
