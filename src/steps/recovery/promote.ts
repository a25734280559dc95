import type { z } from 'zod';
import type { RecoveryStory, recoverySteps } from '../../../workflows/recovery.ts';
import { wasRead } from '../../engine/acts.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { BatonError } from '../../kernel/errors.ts';
import { coordinatesText } from '../../topology/coordinates.ts';
import { electedIn } from './elected.ts';
import { whyNotPromote } from './rivals.ts';
import { lookAt, type StepWorld } from '../step-world.ts';
import { wasToldToLead } from './told-to-lead.ts';

/** Tells the candidate to be the primary, if nothing has come up that forbids it. */
export async function promote(world: StepWorld, story: RecoveryStory, context: StepContext) {
  const { acts, signal } = context;
  const successor = electedIn(story);
  const forbidden = await whyNotPromote(world, story, context);
  if (forbidden !== null) return forbidden;
  const { outcome, because } = await acts.perform(
    { verb: 'promote', instance: successor },
    // What ApplyDeadlinePolicy has given up, and the verdict will name.
    { kept: story.unapplied },
  );
  if (outcome === 'failed')
    throw new BatonError('act-failed', `${successor} could not be promoted: ${because}`);
  const [seen] = await lookAt(world, [successor], signal);
  const coordinates = wasRead(seen) ? seen.server.binlogCoordinates : null;
  return { coordinates: coordinates === null ? null : coordinatesText(coordinates) };
}

/** Sees on the candidate itself whether it is the primary. */
export async function verify(
  world: StepWorld,
  story: RecoveryStory,
  { signal, history }: StepContext,
): Promise<z.input<(typeof recoverySteps)['verify']['output']>> {
  const successor = electedIn(story);
  const [seen] = await lookAt(world, [successor], signal);
  if (!wasRead(seen)) {
    return wasToldToLead(history(), successor)
      ? {
          stands: 'unknown',
          because: `${seen?.error}, so it may take writes by now: no other is promoted`,
        }
      : { stands: 'not', because: `${seen?.error}; it was not told to be the primary yet` };
  }
  const { readOnly, replication } = seen.server;
  // It is told to forget its source last of all.
  if (replication !== null && !readOnly && replication.ioThread === 'stopped')
    return {
      stands: 'half',
      because: `${successor} takes writes, and has not forgotten ${replication.source} yet`,
    };
  if (replication !== null)
    return { stands: 'not', because: `${successor} still has the source ${replication.source}` };
  if (readOnly) return { stands: 'half', because: `${successor} has no source but is still read-only` };
  return { stands: 'promoted', because: `${successor} has no source and takes writes` };
}
