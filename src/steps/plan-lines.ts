import { type Planned, planText } from '../engine/plan.ts';
import { messageOf } from '../kernel/errors.ts';
import type { StepWorld } from './step-world.ts';

/**
 * What a plan would do, a sentence each, and under each order the statements that the server would be sent as it stands now: the part
 * that would act gives them, so that a preview cannot show others (P10).
 */
export async function planLines(world: StepWorld, plan: readonly Planned[]): Promise<readonly string[]> {
  const sentences = planText(plan, world.inventory.instances);
  const lines = plan.map(async (planned, at) => [
    sentences[at] ?? '',
    ...(await statementLines(world, planned)),
  ]);
  return (await Promise.all(lines)).flat();
}

async function statementLines({ servers, settings }: StepWorld, planned: Planned): Promise<string[]> {
  if (planned.kind !== 'order') return [];
  const statements = await servers
    .statements(planned.order, settings.lookTimeoutMs)
    .catch((error: unknown) => [`as it stands, not: ${messageOf(error)}`]);
  return statements.flatMap((statement) => statement.split('\n')).map((line) => `    ${line}`);
}
