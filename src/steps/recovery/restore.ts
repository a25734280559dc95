import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { executed } from '../../analysis/choice/candidates.ts';
import { whyNotRestored } from '../../analysis/cost/restorable.ts';
import { wasRead } from '../../engine/acts.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { toldOutcome } from '../../engine/telling.ts';
import { countGtid, intersectGtid } from '../../topology/gtid/arithmetic.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import { hookFacts } from '../hook-facts.ts';
import { lookAt, type StepWorld } from '../step-world.ts';
import { electedIn } from './elected.ts';
import { tailIn } from './moments.ts';

/**
 * Gives the candidate what RescueCommand has filed, by RescueApplyCommand, and sees what it has of it then. MySQL leaves
 * out what it has already, so it may be done twice.
 */
export async function restore(
  world: StepWorld,
  story: RecoveryStory,
  context: StepContext,
): Promise<{ because: string; gtids: string } | Refused> {
  const candidate = electedIn(story);
  const { rescueCommand } = world.settings;
  const tail = tailIn(context.history());
  const command = rescueCommand?.applyCommand ?? null;
  if (rescueCommand === null || command === null || tail === null)
    return refuse('not-restored', 'nothing is to be applied any more');
  const [before] = await lookAt(world, [candidate], context.signal);
  if (!wasRead(before))
    return refuse('candidate-lost', `${candidate} no longer answers: ${before?.error ?? ''}`);
  const { unapplied, election } = story;
  const because = whyNotRestored(before.server, { tail, cost: election?.cost ?? null, unapplied });
  if (because !== null)
    return refuse('not-restored', `${candidate} is not given what is in ${tail.file}: ${because}`);
  const { uid, signal } = context;
  const { outcome } = await world.hooks.runCommand({
    name: 'RescueApplyCommand',
    command,
    facts: hookFacts(world, { ...story, successor: candidate }, uid),
    variables: { BATON_RESCUE_FILE: tail.file },
    timeoutMs: rescueCommand.timeoutMs,
    says: `RescueApplyCommand gives ${candidate} what is in ${tail.file}`,
    once: false,
    into: null,
    context,
  });
  signal.throwIfAborted();
  const [after] = await lookAt(world, [candidate], signal);
  if (!wasRead(after))
    return refuse('candidate-lost', `${candidate} no longer answers: ${after?.error ?? ''}`);
  const wanted = parseGtid(tail.gtids);
  const given = intersectGtid(wanted, executed(after.server));
  return {
    because: `RescueApplyCommand ${toldOutcome(outcome)}; ${candidate} has ${countGtid(given)} of ${countGtid(wanted)} transactions that only the failed primary had`,
    gtids: gtidText(given),
  };
}
