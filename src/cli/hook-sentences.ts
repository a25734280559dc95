import type { Config } from '../config/keys.ts';
import { type Sentence, sentence } from '../config/sentence.ts';
import type { LintFinding } from '../hooks/lint/finding.ts';
import { lintHooks } from '../hooks/lint/lint-hooks.ts';

/** What there is to say of the hooks of a configuration. */
export function lintOf(config: Config): readonly LintFinding[] {
  return lintHooks({
    lists: config,
    substitution: config.HookSubstitution,
    compatibility: config.HookCompatibility,
    shell: config.ProcessesShellCommand,
  });
}

/** The same beside all else that there is to say of the configuration. */
export function hookSentences(config: Config): readonly Sentence[] {
  return lintOf(config).map((finding) => {
    const { severity, stage, text, rewrite } = finding;
    const place = stage === null ? '' : `${placeOf(finding)}: `;
    const instead = rewrite === null ? '' : ` Write instead: ${rewrite}`;
    return sentence(severity, stage ?? 'ProcessesShellCommand', `${place}${text}${instead}`);
  });
}

/** As a person counts: `PreFailoverProcesses[1]` is the first hook of its list. */
export function placeOf({ stage, index }: Pick<LintFinding, 'stage' | 'index'>): string {
  if (stage === null) return 'all hooks';
  return index === null ? stage : `${stage}[${index + 1}]`;
}
