import type { Flow } from '../hooks/stages.ts';
import { spoken } from '../kernel/duration.ts';
import type { HookPlan, PlannedHook } from './hook-list.ts';
import type { Paint } from './paint.ts';

/** The plan as text: every course of events, then each stage that has hooks. */
export function describePlan(plan: HookPlan, paint: Paint): string {
  const counts = new Map<string, number>(plan.stages.map(({ stage, hooks }) => [stage, hooks.length]));
  const flows = plan.flows.map((flow) => describeFlow(flow, counts, paint));
  const filled = plan.stages.filter(({ hooks }) => hooks.length > 0);
  return [...flows, ...filled.map((stage) => describeStage(stage, paint))].join('\n\n');
}

function describeFlow(
  { title, notYet, steps }: Flow,
  counts: ReadonlyMap<string, number>,
  paint: Paint,
): string {
  const lines = steps.map((step) => {
    if (typeof step !== 'string') return paint.dim(`  - ${step.does}`);
    const count = counts.get(step) ?? 0;
    return count === 0 ? paint.dim(`  ${step}: no hooks`) : `  ${step}: ${counted(count)}`;
  });
  const heading = notYet === null ? paint.bold(title) : `${paint.bold(title)} (${notYet})`;
  return [heading, ...lines].join('\n');
}

function describeStage({ stage, when, mayVeto, hooks }: HookPlan['stages'][number], paint: Paint): string {
  const failing = mayVeto
    ? 'A failing hook ends the stage and what it would have led to.'
    : 'A failing hook is recorded, and the next one runs.';
  return [
    paint.bold(stage),
    `  ${when} ${failing}`,
    ...hooks.map((hook, index) => describeHook(hook, index, mayVeto)),
  ].join('\n');
}

function describeHook(hook: PlannedHook, index: number, stageVetoes: boolean): string {
  const { kind, command, onFailure, detached } = hook;
  const differs = !detached && (onFailure === 'abort') !== stageVetoes;
  const said = [
    detached ? 'in the background' : null,
    hook.timeoutSeconds === null ? 'no timeout' : `at most ${spoken(hook.timeoutSeconds * 1_000)}`,
    hook.retries === 0 ? null : `retried ${hook.retries === 1 ? 'once' : `${hook.retries} times`}`,
    hook.exitClasses ? 'exit 10 warns and 75 asks for a retry' : null,
    differs ? failureWords[onFailure] : null,
    resumeWords[hook.onResume],
  ].filter((words) => words !== null);
  const lines = command.trim().replaceAll('\n', '\n     ');
  return `  ${index + 1}. ${kind === 'exec' ? `without a shell: ${lines}` : lines}\n     ${said.join('; ')}`;
}

const failureWords = {
  abort: 'a failure ends the stage',
  continue: 'a failure lets the stage go on',
} as const;

const resumeWords = {
  rerun: 'run again if its outcome is lost',
  skip: 'taken for done if its outcome is lost',
  ask: 'a person is asked if its outcome is lost',
} as const;

function counted(count: number): string {
  return count === 1 ? '1 hook' : `${count} hooks`;
}
