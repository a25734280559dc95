import type { AllClearInput, allClearSteps } from '../../../workflows/all-clear.ts';
import type { StepFunctions } from '../../engine/drive.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { hookFacts } from '../hook-facts.ts';
import { runStage } from '../run-stage.ts';
import type { StepWorld } from '../step-world.ts';

export function allClearStepsOn(world: StepWorld): StepFunctions<typeof allClearSteps> {
  return {
    announce: (story, context) =>
      runStage(world, 'OnAllClearProcesses', hookFacts(world, story, context.uid), context),
  };
}

/** What is owed when this build cannot continue it: all of it. */
export async function settleAllClear(
  world: StepWorld,
  input: unknown,
  context: StepContext,
): Promise<string> {
  await runStage(
    world,
    'OnAllClearProcesses',
    hookFacts(world, input as AllClearInput, context.uid),
    context,
  );
  return 'its hooks are done';
}
