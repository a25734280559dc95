import type { ReturnStory } from '../../workflows/returning.ts';
import { type Refused, refuse, type StepContext } from '../engine/step-context.ts';
import type { StepWorld } from './step-world.ts';

export async function saveErrant(
  _: StepWorld,
  { instance }: ReturnStory,
  __: StepContext,
): Promise<{ file: string; because: string } | Refused> {
  return refuse('not-saved', `what only ${instance} has cannot be saved by this version of Baton`);
}
