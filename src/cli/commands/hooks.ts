import { Command } from 'commander';
import { spelledHook } from '../../config/hook.ts';
import type { Config } from '../../config/keys.ts';
import { configPaths, loadConfig, readTextFile } from '../../config/load.ts';
import { HookStage } from '../../engine/record.ts';
import type { LintFinding } from '../../hooks/lint/finding.ts';
import { hookPlanOf } from '../hook-list.ts';
import { describePlan } from '../hook-list-text.ts';
import { lintOf, placeOf } from '../hook-sentences.ts';
import { type Paint, paintFor } from '../paint.ts';
import type { ExitCode, Leave, Terminal } from '../terminal.ts';
import { type ConfigWords, withConfig } from './with-config.ts';
import { hooksRunsCommand } from './hooks-runs.ts';
import { hooksTestCommand } from './hooks-test.ts';

/** `baton hooks list | lint | test | runs`: what would run when, what is wrong with it, how it behaves, what ran. Only `test` runs anything. */
export function hooksCommand(terminal: Terminal, leave: Leave): Command {
  const command = new Command('hooks')
    .description('Look at the hooks of a configuration, and at those that have run.')
    .exitOverride();
  withConfig(command.command('list'))
    .description('Say which hooks would run when, and how.')
    .action(async (words: ConfigWords) => {
      const plan = hookPlanOf(await configOf(words));
      terminal.print(words.json ? JSON.stringify(plan) : describePlan(plan, paintFor(terminal)));
      leave(0);
    });
  withConfig(command.command('lint'))
    .description(
      'Say what is wrong with hooks before they run, and how they are written safely: exit 0 nothing, 1 warnings, 2 they cannot be used.',
    )
    .action(async (words: ConfigWords) => {
      const config = await configOf(words);
      const findings = lintOf(config);
      terminal.print(words.json ? JSON.stringify(findings) : describe(findings, config, paintFor(terminal)));
      leave(exitOf(findings));
    });
  command.addCommand(hooksTestCommand(terminal, leave));
  command.addCommand(hooksRunsCommand(terminal, leave));
  return command;
}

async function configOf({ config: named }: ConfigWords): Promise<Config> {
  const request = { paths: configPaths(named), environment: process.env, readText: readTextFile };
  return (await loadConfig(request)).config;
}

/** Each hook that something is to be said of, once, with all that is said of it. */
function describe(findings: readonly LintFinding[], config: Config, paint: Paint): string {
  const groups = new Map<string, LintFinding[]>();
  for (const finding of findings) {
    const place = placeOf(finding);
    groups.set(place, [...(groups.get(place) ?? []), finding]);
  }
  const told = [...groups].map(([place, group]) => {
    const hook = hookOf(group[0], config);
    return [
      `${paint.bold(place)}${hook === null ? '' : `  ${hook}`}`,
      ...group.map((one) => said(one, paint)),
    ].join('\n');
  });
  const count = HookStage.options.reduce((sum, stage) => sum + config[stage].length, 0);
  const isWell = exitOf(findings) === 0;
  return [
    ...(isWell ? [`Nothing wrong with ${count === 1 ? '1 hook' : `${count} hooks`}.`] : []),
    ...told,
  ].join('\n\n');
}

function said({ severity, text, rewrite }: LintFinding, paint: Paint): string {
  const word = severity === 'note' ? paint.dim(severity) : paint.bad(severity);
  const sentence = `  ${word}: ${text}`;
  return rewrite === null ? sentence : `${sentence}\n  write instead:\n${rewrite.replace(/^/gm, '    ')}`;
}

function hookOf(finding: LintFinding | undefined, config: Config): string | null {
  if (finding === undefined || finding.stage === null || finding.index === null) return null;
  const hook = config[finding.stage][finding.index];
  return hook === undefined ? null : spelledHook(hook.action);
}

function exitOf(findings: readonly LintFinding[]): ExitCode {
  if (findings.some(({ severity }) => severity === 'error')) return 2;
  return findings.some(({ severity }) => severity === 'warning') ? 1 : 0;
}
