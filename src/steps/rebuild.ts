import type { ReturnStory } from '../../workflows/returning.ts';
import { type Refused, refuse, type StepContext } from '../engine/step-context.ts';
import type { StepWorld } from './step-world.ts';

export async function rebuildReturned(
  _: StepWorld,
  { instance }: ReturnStory,
  __: StepContext,
): Promise<{ because: string } | Refused> {
  return refuse('not-rebuilt', `${instance} cannot be rebuilt by this version of Baton`);
}
