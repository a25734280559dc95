import { expect, it } from 'vitest';
import type { StepContext } from '../../../src/engine/step-context.ts';
import { recoveryStepsOn } from '../../../src/steps/recovery/recovery.ts';
import type { StepWorld } from '../../../src/steps/step-world.ts';
import type { RecoveryStory } from '../../../workflows/recovery.ts';

it('gathering that no replica obeys says what each of them answered', async () => {
  const story = { finding: { instance: 'a:1', replicas: ['b:1', 'c:1'] } } as unknown as RecoveryStory;
  const perform: StepContext['acts']['perform'] = async ({ instance }) => ({
    outcome: 'failed',
    because: `${instance} denies it`,
    seen: null,
  });
  // Gathering touches nothing else of its world.
  const steps = recoveryStepsOn({} as StepWorld);
  expect(
    await steps.gather(story, { acts: { perform }, history: () => [] } as unknown as StepContext),
  ).toMatchObject({
    code: 'no-replicas',
    because: 'no replica of a:1 did what it was asked: b:1 denies it; c:1 denies it',
  });
});
