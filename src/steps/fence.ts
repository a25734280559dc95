import type { FencingLevel, RecoveryStory } from '../../workflows/recovery.ts';
import { wasRead } from '../engine/acts.ts';
import { type Refused, refuse, type StepContext } from '../engine/step-context.ts';
import { primaryAnswers, primaryIsBack } from './rivals.ts';
import { lookAt, type StepWorld } from './step-world.ts';

/** Makes sure, as far as it can be made sure, that the failed primary takes no more writes. */
export async function fence(
  world: StepWorld,
  { finding: { instance } }: RecoveryStory,
  { signal }: StepContext,
): Promise<{ level: FencingLevel; because: string } | Refused> {
  const { settings } = world;
  const [seen] = await lookAt(world, [instance], signal);
  if (wasRead(seen) && !seen.server.readOnly) return primaryIsBack(instance);
  if (wasRead(seen)) return { level: 'proven', because: `${instance} answers and is read-only` };
  const alive = primaryAnswers(seen);
  if (alive !== null) return alive;
  if (settings.fencingRequired === 'proven') {
    return refuse(
      'fencing-level',
      `nobody can prove that ${instance} takes no writes (${seen?.error}), and FencingLevelRequired is "proven"`,
    );
  }
  return {
    level: 'attempted',
    because: `${seen?.error}, so nothing more can be done to keep writes from it`,
  };
}
