import type { TakeoverStory } from '../../../workflows/takeover.ts';
import type { DataVerdict } from '../../analysis/cost/data-verdict.ts';
import { executed } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import { electedIn } from '../recovery/elected.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/** Compares what the old primary has, or had when it was frozen, with what the new one has executed. */
export async function judgeTakeover(
  world: StepWorld,
  story: TakeoverStory,
  { signal }: StepContext,
): Promise<DataVerdict> {
  const { instance } = story.finding;
  const successor = electedIn(story);
  // One after the other: it follows the new one by now, and would have what was written there between two answers.
  const [old] = await lookAt(world, [instance], signal);
  const [now] = await lookAt(world, [successor], signal);
  if (!wasRead(now))
    return {
      says: 'unknown',
      because: `${successor} cannot be asked what it has: ${now?.error}`,
      missing: '',
      count: null,
    };
  if (!wasRead(old) && story.upTo === '')
    return {
      says: 'unknown',
      because: `${instance} cannot be asked what it has, and nobody wrote down what it had: ${old?.error}`,
      missing: '',
      count: null,
    };
  const had = wasRead(old) ? executed(old.server) : parseGtid(story.upTo);
  const missing = subtractGtid(had, executed(now.server));
  const count = Number(countGtid(missing));
  if (count === 0)
    return {
      says: 'nothing-lost',
      because: `${successor} has everything that ${instance} has executed`,
      missing: '',
      count: 0,
    };
  const because = `${instance} has executed ${count} transactions that ${successor} lacks`;
  return { says: 'at-most', because, missing: gtidText(missing), count };
}
