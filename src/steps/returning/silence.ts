import type { ReturnStory } from '../../../workflows/returning.ts';
import { wasRead } from '../../engine/acts.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { BatonError } from '../../kernel/errors.ts';
import { replacedNow } from './returned.ts';
import { whySetApart } from './set-apart.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/** A server that will not become read-only is asked to so many times, each time after twice the rest. */
const mostAttempts = 4;
const firstRestMs = 250;

/** Keeps applications from writing to a replaced primary (P3). What they have not committed by then is lost to them. */
export async function silence(
  world: StepWorld,
  story: ReturnStory,
  { acts, clock, signal, teller }: StepContext,
): Promise<{ tookWrites: boolean; because: string } | Refused> {
  const { instance } = story;
  const known = replacedNow(world, story);
  if (known === null) return refuse('left-alone', `${instance} does not count as replaced any more`);
  const apart = whySetApart(known, clock.now());
  if (apart !== null) return refuse('left-alone', `${apart}; it is not touched`);
  let waited = false;
  for (let attempt = 1; ; attempt += 1) {
    const { outcome, because, seen } = await acts.perform({
      verb: 'setReadOnly',
      instance,
      readOnly: true,
      evenCommitting: true,
    });
    if (outcome === 'skipped') return { tookWrites: false, because: `${instance} takes no writes` };
    waited ||= seen?.server?.semiSync.primaryEnabled === true;
    if (outcome === 'done') break;
    if (seen === null || seen.echo !== 'answered') return refuse('gone', because ?? `${instance} is gone`);
    if (attempt === mostAttempts)
      throw new BatonError('act-failed', `${instance} cannot be made read-only: ${because}`);
    await clock.sleep(firstRestMs * 2 ** (attempt - 1), signal);
  }
  const ended = await acts.perform({ verb: 'endConnections', instance, evenCommitting: true });
  if (ended.outcome === 'failed')
    teller.warn(`connections to ${instance} stay, whose writes fail from now on: ${ended.because}`, {
      instance,
    });
  const [seen] = await lookAt(world, [instance], signal);
  if (wasRead(seen) && !seen.server.readOnly)
    throw new BatonError('act-failed', `${instance} was made read-only, and takes writes again`);
  const waitsForNone = wasRead(seen) && !seen.server.semiSync.primaryEnabled && waited;
  return {
    tookWrites: true,
    because: `${instance} took writes, and takes none any more${waitsForNone ? '; its commits wait for no replica any more' : ''}`,
  };
}
