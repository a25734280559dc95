import { RecoveryInput } from '../../../workflows/recovery.ts';
import type { ReturnStory } from '../../../workflows/returning.ts';
import type { HookFacts } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { hookFacts } from '../hook-facts.ts';
import { successorNow } from './returned.ts';
import type { StepWorld } from '../step-world.ts';

/** What the commands are told that save and rebuild a replaced primary: what hooks were told of its failure, and what only it has. */
export async function returnFacts(world: StepWorld, story: ReturnStory, uid: string): Promise<HookFacts> {
  const { recovery, cluster, request, assessment, saved } = story;
  const run = await world.journal.read(recovery);
  if (run === null)
    throw new BatonError('run-unknown', `the recovery ${recovery} is not in the journal any more`);
  const { finding } = RecoveryInput.pick({ finding: true }).parse(run.opening.input);
  const successor = successorNow(world, story);
  return {
    ...hookFacts(world, { finding, cluster, request, successor }, uid),
    errant: { gtids: assessment?.errant ?? '', file: saved ?? '' },
  };
}
