import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { executed, holdings } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import { refuse, type StepContext } from '../../engine/step-context.ts';
import { countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { electedIn } from './elected.ts';
import { Standstill } from '../standstill.ts';
import { lookAgainMs, lookAt, type StepWorld } from '../step-world.ts';

/** Lets the candidate follow the replica that has received most, until it has applied all of that. */
export async function fetch(world: StepWorld, story: RecoveryStory, { acts, clock, signal }: StepContext) {
  const successor = electedIn(story);
  const donor = story.election?.donor ?? null;
  if (donor === null) return { because: `nobody has received more than ${successor}` };
  const followed = await acts.perform({ verb: 'follow', instance: successor, source: donor });
  if (followed.outcome === 'failed')
    return refuse('fetch-failed', `${successor} could not fetch what ${donor} has: ${followed.because}`);
  const standstill = new Standstill(clock, world.settings.applyStallMs);
  while (true) {
    const [candidate, giver] = await lookAt(world, [successor, donor], signal);
    if (!wasRead(candidate))
      return refuse('candidate-lost', `${successor} no longer answers: ${candidate?.error ?? ''}`);
    if (!wasRead(giver))
      return refuse(
        'donor-lost',
        `${donor}, which has more than ${successor}, no longer answers: ${giver?.error ?? ''}`,
      );
    const missing = countGtid(subtractGtid(holdings(giver.server), executed(candidate.server)));
    if (missing === 0n) break;
    if (standstill.isReached(missing))
      return refuse(
        'fetch-stalled',
        `${successor} has stopped fetching from ${donor} with ${missing} transactions to go${worded(candidate.server.replication?.lastIoError)}`,
      );
    await clock.sleep(lookAgainMs, signal);
  }
  return { because: `${successor} has everything that ${donor} has` };
}

function worded(error: string | undefined): string {
  return error === undefined || error === '' ? '' : `: ${error}`;
}
