import { createHash } from 'node:crypto';
import type { HookStage } from '../engine/record.ts';

/** Variables that differ from run to run of one hook, beside those of the words. */
export function runVariables(run: {
  stage: HookStage;
  /** From 0. */
  index: number;
  key: string;
  attempt: number;
  /** An earlier attempt began, and nobody saw its end. */
  resumed: boolean;
  /** Milliseconds since 1970; null for none. */
  deadline: number | null;
}): Record<string, string> {
  const { stage, index, key, attempt, resumed, deadline } = run;
  return {
    BATON_STAGE: stage,
    BATON_HOOK_ID: `${recoveryOf(key)}/${stage}/${index + 1}`,
    BATON_HOOK_RUN_ID: key,
    BATON_HOOK_ATTEMPT: String(attempt),
    BATON_HOOK_RESUMED: resumed ? '1' : '0',
    ...(deadline === null ? {} : { BATON_DEADLINE: String(Math.floor(deadline / 1_000)) }),
    TRACEPARENT: traceparent(key),
  };
}

/** W3C Trace Context: one trace for all that belongs to a recovery, a span for each run of a hook. */
function traceparent(key: string): string {
  return `00-${hex(recoveryOf(key), 32)}-${hex(key, 16)}-01`;
}

/** The uid that a run's key has in it, whatever it is prefixed with. */
function recoveryOf(key: string): string {
  const [, recovery = key] = /([^/]+)\/\d+$/.exec(key) ?? [];
  return recovery;
}

function hex(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
