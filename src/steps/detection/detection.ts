import type { DetectionInput, detectionSteps } from '../../../workflows/detection.ts';
import { remedies } from '../../../workflows/acting.ts';
import { type Gate, neverTried } from '../../analysis/gates/gates.ts';
import { digestOf } from '../../engine/digest.ts';
import type { StepFunctions } from '../../engine/drive.ts';
import { refuse, type StepContext } from '../../engine/step-context.ts';
import { shortUid } from '../../kernel/uid.ts';
import { corroborate } from './corroborate.ts';
import { gatesNow } from '../gates-now.ts';
import { hookFacts, recoveryUidOf } from '../hook-facts.ts';
import { receiveAgain } from './receive-again.ts';
import { runStage } from '../run-stage.ts';
import type { StepWorld } from '../step-world.ts';

export function detectionStepsOn(
  world: StepWorld,
  token: () => number,
): StepFunctions<typeof detectionSteps> {
  const { journal } = world;
  return {
    announce: (story, context) =>
      runStage(world, 'OnFailureDetectionProcesses', hookFacts(world, story, context.uid), context),

    corroborate: (story, context) => corroborate(world, story, context),

    async decide({ finding, cluster }, { clock }) {
      const gates = await gatesNow(world, finding, cluster, clock.now());
      const shut = gates.filter(({ open }) => !open);
      const because = shut.length === 0 ? whyAct(gates) : shut.map((gate) => gate.because).join('; ');
      return { act: shut.length === 0, because, gates };
    },

    async claim({ finding, cluster }, { uid, clock }) {
      const remedy = remedies[finding.treatment];
      if (remedy === undefined) return refuse('no-remedy', `nothing recovers ${finding.code}`);
      const claimed = await journal.open({
        uid: recoveryUidOf(uid),
        workflow: remedy.name,
        digest: digestOf(remedy.machine),
        subject: cluster.id,
        exclusive: true,
        input: { finding, cluster },
        at: clock.now(),
        token: token(),
      });
      if (claimed.opened) return { recovery: recoveryUidOf(uid) };
      return refuse(
        'claimed',
        `${cluster.alias} was not claimed: ${shortUid(claimed.by)} is under way there`,
      );
    },
  };
}

/** That it is tried again is said with it. */
function whyAct(gates: readonly Gate[]): string {
  const again = gates.find(({ gate, because }) => gate === 'attempts' && because !== neverTried);
  return ['every gate is open', ...(again === undefined ? [] : [again.because])].join('; ');
}

/** What is owed when a detection cannot be continued by this build: its hooks, for nobody will announce this failure again. */
export async function settleDetection(
  world: StepWorld,
  input: unknown,
  context: StepContext,
): Promise<string> {
  const story = input as DetectionInput;
  await receiveAgain(context);
  if (story.announce)
    await runStage(world, 'OnFailureDetectionProcesses', hookFacts(world, story, context.uid), context);
  return 'its hooks are done, and the failure is looked at afresh';
}
