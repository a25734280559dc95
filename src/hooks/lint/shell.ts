import { HookStage } from '../../engine/record.ts';
import { type LintRequest, type Remark, remark } from './finding.ts';
import { isPosix, namesIn } from './syntax.ts';

/** Whether ProcessesShellCommand is a program that the hooks of these lists can be given to. */
export function examineShell({ lists, shell, substitution }: LintRequest): readonly Remark[] {
  const commands = HookStage.options.flatMap((stage) =>
    lists[stage].flatMap(({ action }) =>
      action.kind === 'shell' ? [{ stage, command: action.command }] : [],
    ),
  );
  if (commands.length === 0) return [];
  const named = `ProcessesShellCommand is ${JSON.stringify(shell)}`;
  if (shell.trim() === '')
    return [remark('error', `${named}, so there is nothing to run hooks with; "bash" is orchestrator’s.`)];
  if (/\s/.test(shell)) {
    return [remark('error', `${named}: it is one program, by name or path, and takes no arguments.`)];
  }
  const needsShell = commands.some(
    ({ stage, command }) => stage === 'PostTakeMasterProcesses' || namesIn(command).length > 0,
  );
  if (isPosix(shell) || substitution === 'literal' || !needsShell) return [];
  return [
    remark(
      'error',
      `${named}, whose quoting Baton does not know: it knows sh, dash and bash. Set HookSubstitution to "literal", with its risk, or write these hooks as {"Exec": ["program", "argument"]}.`,
    ),
  ];
}
