import { allClear } from '../../workflows/all-clear.ts';
import { detection } from '../../workflows/detection.ts';
import { hearing } from '../../workflows/hearing.ts';
import { mending } from '../../workflows/mending.ts';
import { relocation } from '../../workflows/relocation.ts';
import { recovery } from '../../workflows/recovery.ts';
import { rejoin } from '../../workflows/rejoin.ts';
import { reshaping } from '../../workflows/reshaping.ts';
import { takeover } from '../../workflows/takeover.ts';
import { returning } from '../../workflows/returning.ts';
import type { Steps, Workflow } from '../../workflows/step.ts';
import { suspicion } from '../../workflows/suspicion.ts';
import type { StepFunctions } from '../engine/drive.ts';
import type { DriveWorld } from '../engine/run-book.ts';
import type { StepContext } from '../engine/step-context.ts';
import { allClearStepsOn, settleAllClear } from '../steps/detection/all-clear.ts';
import { detectionStepsOn, settleDetection } from '../steps/detection/detection.ts';
import { hearingStepsOn, settleHearing } from '../steps/hearing.ts';
import { mendingStepsOn, settleMending } from '../steps/mending.ts';
import { relocationStepsOn, settleRelocation } from '../steps/relocation/relocation.ts';
import { recoveryStepsOn } from '../steps/recovery/recovery.ts';
import { rejoinStepsOn, settleRejoin } from '../steps/returning/rejoin.ts';
import { reshapingStepsOn, settleReshaping } from '../steps/reshaping/steps.ts';
import { returningStepsOn, settleReturning } from '../steps/returning/returning.ts';
import { settleRecovery } from '../steps/recovery/settle-recovery.ts';
import type { StepWorld } from '../steps/step-world.ts';
import { settleTakeover, takeoverStepsOn } from '../steps/takeover/takeover.ts';
import { settleSuspicion, suspicionStepsOn } from '../steps/detection/suspicion.ts';

/** A workflow with what does its steps, and what does what a run owes that this build cannot continue. */
export interface Part {
  readonly workflow: Workflow;
  readonly steps: StepFunctions<Steps>;
  readonly settle: NonNullable<DriveWorld['settle']>;
}

/** Every workflow that a controller plays, by its name. */
export type Repertoire = ReadonlyMap<string, Part>;

export function repertoireOn(world: StepWorld, token: () => number): Repertoire {
  type Settle = (world: StepWorld, input: unknown, context: StepContext) => Promise<string>;
  const part = <S extends Steps>(workflow: Workflow<S>, steps: StepFunctions<S>, settle: Settle): Part => ({
    workflow,
    // Each function is asked with what the schema of its own step has let through.
    steps: steps as unknown as StepFunctions<Steps>,
    settle: (input, context) => settle(world, input, context),
  });
  const parts = [
    part(suspicion, suspicionStepsOn(world), settleSuspicion),
    part(detection, detectionStepsOn(world, token), settleDetection),
    part(recovery, recoveryStepsOn(world), settleRecovery),
    part(reshaping, reshapingStepsOn(world), settleReshaping),
    part(takeover, takeoverStepsOn(world), settleTakeover),
    part(mending, mendingStepsOn(world), settleMending),
    part(relocation, relocationStepsOn(world), settleRelocation),
    part(returning, returningStepsOn(world, token), settleReturning),
    part(rejoin, rejoinStepsOn(world), settleRejoin),
    part(hearing, hearingStepsOn(world), settleHearing),
    part(allClear, allClearStepsOn(world), settleAllClear),
  ];
  return new Map(parts.map((one) => [one.workflow.name, one]));
}
