import type { Config } from '../config/keys.ts';
import type { HookBody, StagedHook } from '../engine/record.ts';
import { HookStage } from '../engine/record.ts';
import { ordinaryFacts } from '../hooks/lint/values.ts';
import { renderStage } from '../hooks/render.ts';
import { hookSettingsOf } from '../hooks/settings.ts';
import { type Flow, flowsOf, mayVetoAt, stages } from '../hooks/stages.ts';

/** What would run when: the courses of events, and each stage with its hooks as they would be run. */
export interface HookPlan {
  readonly flows: readonly Flow[];
  readonly stages: readonly PlannedStage[];
}

interface PlannedStage {
  readonly stage: HookStage;
  readonly when: string;
  /** Whether a failing hook that says nothing of its own ends the stage, and what it would have led to. */
  readonly mayVeto: boolean;
  readonly hooks: readonly PlannedHook[];
}

export interface PlannedHook {
  readonly kind: HookBody['kind'];
  /** As the person wrote it. */
  readonly command: string;
  /** Null for no end. */
  readonly timeoutSeconds: number | null;
  readonly retries: number;
  readonly exitClasses: boolean;
  readonly onFailure: 'abort' | 'continue';
  readonly onResume: StagedHook['onResume'];
  readonly detached: boolean;
}

/** In the order in which the stages run, as far as they have one. */
export function hookPlanOf(config: Config): HookPlan {
  const settings = hookSettingsOf(config);
  const planned = HookStage.options.map((stage): PlannedStage => {
    const hooks = renderStage(stage, config[stage], ordinaryFacts, settings).map(plannedHook);
    return { stage, when: stages[stage].when, mayVeto: mayVetoAt(stage, settings), hooks };
  });
  return { flows: flowsOf(config.HookCompatibility), stages: planned };
}

function plannedHook(hook: StagedHook): PlannedHook {
  const { body, command, timeoutMs, retries, exitClasses, mayVeto, onResume, detached } = hook;
  return {
    kind: body.kind,
    command,
    timeoutSeconds: timeoutMs === null ? null : timeoutMs / 1_000,
    retries,
    exitClasses,
    onFailure: mayVeto ? 'abort' : 'continue',
    onResume,
    detached,
  };
}
