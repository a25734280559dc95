import { HookList } from '../../../src/config/hook.ts';
import { defaultConfig } from '../../../src/config/keys.ts';
import type { HookStage } from '../../../src/engine/record.ts';
import type { LintFinding, LintRequest } from '../../../src/hooks/lint/finding.ts';
import { lintHooks } from '../../../src/hooks/lint/lint-hooks.ts';

type Given = Partial<Omit<LintRequest, 'lists'>> & { readonly stage?: HookStage };

/** What is said of hooks as a configuration writes them, all in one stage. */
export function linted(hooks: readonly unknown[], given: Given = {}): readonly LintFinding[] {
  const { stage = 'PostFailoverProcesses', ...settings } = given;
  return lintHooks({
    lists: { ...defaultConfig, [stage]: HookList.parse(hooks) },
    substitution: 'safe',
    compatibility: 'sane',
    shell: 'bash',
    ...settings,
  });
}

/** The findings on one hook as `severity: text`. */
export function saidOf(hook: unknown, given: Given = {}): readonly string[] {
  return linted([hook], given).map(({ severity, text }) => `${severity}: ${text}`);
}

/** The rewritten command line of the first finding that has one. */
export function rewriteOf(hook: unknown): string | null {
  return linted([hook]).find(({ rewrite }) => rewrite !== null)?.rewrite ?? null;
}
