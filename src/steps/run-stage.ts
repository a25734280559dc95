import type { Request } from '../../workflows/request.ts';
import type { HookFacts } from '../engine/ports.ts';
import type { HookStage } from '../engine/record.ts';
import { type Refused, refuse, type StepContext } from '../engine/step-context.ts';
import { hookFacts, type ToldStory } from './hook-facts.ts';
import type { StepWorld } from './step-world.ts';

/** One stage of hooks as a step: a veto is a refusal with the hook's sentence. */
export async function runStage(
  world: StepWorld,
  stage: HookStage,
  facts: HookFacts,
  context: StepContext,
): Promise<{ ran: number } | Refused> {
  const { ran, veto } = await world.hooks.runStage(stage, facts, context);
  return veto === null ? { ran } : refuse('hook-veto', veto);
}

/** The same, of a recovery or takeover; whoever asked for none gets none. */
export async function runStageOf(
  world: StepWorld,
  stage: HookStage,
  story: ToldStory & { readonly request: Request | null },
  context: StepContext,
): Promise<{ ran: number } | Refused> {
  if (story.request?.runsHooks === false) return { ran: 0 };
  return runStage(world, stage, hookFacts(world, story, context.uid), context);
}
