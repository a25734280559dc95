import type { HookStage } from '../../engine/record.ts';
import type { HookLists } from '../stage.ts';

/** What there is to say of a hook before it ever ran. An error is a hook that Baton does not start with. */
export interface LintFinding {
  readonly severity: 'error' | 'warning' | 'note';
  /** Null for what concerns all hooks. */
  readonly stage: HookStage | null;
  /** Of the hook in its stage, from 0; null for what concerns the whole stage. */
  readonly index: number | null;
  /** A sentence. */
  readonly text: string;
  /** The hook's command as it had better be; null where that is not certain. */
  readonly rewrite: string | null;
}

/** The part of a configuration that hooks are judged by. */
export interface LintRequest {
  readonly lists: HookLists;
  readonly substitution: 'safe' | 'literal';
  readonly compatibility: 'sane' | 'strict';
  /** ProcessesShellCommand. */
  readonly shell: string;
}

/** What one check says of one hook; its place is added later. */
export type Remark = Pick<LintFinding, 'severity' | 'text' | 'rewrite'>;

export function remark(
  severity: LintFinding['severity'],
  text: string,
  rewrite: string | null = null,
): Remark {
  return { severity, text, rewrite };
}
