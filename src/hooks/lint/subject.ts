import type { ConfiguredHook } from '../../config/hook.ts';
import type { HookStage } from '../../engine/record.ts';
import type { Remark, LintRequest } from './finding.ts';

/** One hook under examination. */
export interface Subject {
  readonly stage: HookStage;
  readonly hook: ConfiguredHook;
  readonly request: LintRequest;
  /** What a shell hook gives to the shell; null for other kinds, and for a command that is not run at all. */
  readonly text: string | null;
  /** The `&` that was taken off the end of the command; empty for none. */
  readonly ampersand: string;
  /** Nobody waits for it. */
  readonly detached: boolean;
}

export type Check = (subject: Subject) => readonly Remark[];

/** Whether placeholders are replaced in it at all. */
export function hasPlaceholders({ stage, hook }: Subject): boolean {
  return hook.action.kind === 'exec' || (hook.action.kind === 'shell' && stage !== 'PostTakeMasterProcesses');
}
