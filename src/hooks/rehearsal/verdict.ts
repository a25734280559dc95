import type { HookStage } from '../../engine/record.ts';
import type { Check } from './check.ts';
import { judgeAgain } from './judge-again.ts';
import { judgeRun } from './judge-run.ts';
import { judgeStop } from './judge-stop.ts';
import type { RehearsedHook, Seen } from './seen.ts';

/** What a rehearsal makes of one hook; its worst check decides. */
export interface HookVerdict {
  readonly stage: HookStage;
  /** Of the hook in its stage, from 0. */
  readonly index: number;
  readonly of: number;
  /** As the person wrote it. */
  readonly command: string;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

export type Verdict = 'ok' | 'warning' | 'problem';

export function verdictOf(at: RehearsedHook, seen: Seen): HookVerdict {
  const again = judgeAgain(at, seen);
  const checks = [...judgeRun(at, seen.plain), ...(again === null ? [] : [again]), ...judgeStop(at, seen)];
  const { stage, index, of, hook } = at;
  return { stage, index, of, command: hook.command, verdict: worstOf(checks.map(({ is }) => is)), checks };
}

/** A note takes nothing away. */
export function worstOf(all: readonly Check['is'][]): Verdict {
  return all.includes('problem') ? 'problem' : all.includes('warning') ? 'warning' : 'ok';
}
