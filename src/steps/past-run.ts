import { z } from 'zod';
import { aftereffectOf } from '../../workflows/acting.ts';
import { Treatment } from '../analysis/finding.ts';
import type { PastRun } from '../analysis/gates/past-runs.ts';
import type { RunSummary } from '../engine/ports.ts';
import { InstanceKey } from '../kernel/instance-key.ts';

/** The little of an opening and of an end that gates go by. Not every workflow, nor every build, has written all of it. */
const Opened = z.object({
  finding: z.object({ instance: InstanceKey, treatment: Treatment }).nullable().optional(),
  request: z.unknown().optional(),
});
const Came = z.object({
  successor: InstanceKey.nullable().optional(),
  reason: z.string().nullable().optional(),
});

/** What a run was about, and what it came to where it has ended. */
export function aboutOf(input: unknown, output: unknown = null) {
  const { finding, request } = Opened.safeParse(input).data ?? {};
  const { successor, reason } = Came.safeParse(output).data ?? {};
  return {
    failed: finding?.instance ?? null,
    treatment: finding?.treatment ?? null,
    successor: successor ?? null,
    because: reason ?? null,
    /** A person asked for it. */
    isRequested: request != null,
  };
}

export function pastRun({ opening, endedAt, end, acknowledged }: RunSummary): PastRun {
  const { failed, treatment, successor, because } = aboutOf(opening.input, end?.output);
  return {
    uid: opening.uid,
    treatment,
    failed,
    successor,
    openedAt: opening.at,
    endedAt,
    acknowledged: acknowledged !== null,
    aftereffect: end === null ? 'none' : aftereffectOf(opening.workflow, end),
    because,
  };
}
