import type { allClearSteps } from '../../workflows/all-clear.ts';
import type { StepFunctions } from '../engine/drive.ts';
import { hookFacts } from './hook-facts.ts';
import { runStage } from './run-stage.ts';
import type { StepWorld } from './step-world.ts';

export function allClearStepsOn(world: StepWorld): StepFunctions<typeof allClearSteps> {
  return {
    announce: (story, context) =>
      runStage(world, 'OnAllClearProcesses', hookFacts(world, story, context.uid), context),
  };
}
