import type { Readable } from 'node:stream';
import { Command } from 'commander';
import { acknowledgeCommand } from './commands/acknowledge.ts';
import { analyseCommand } from './commands/analyse.ts';
import { auditCommand } from './commands/audit.ts';
import { cancelCommand } from './commands/cancel.ts';
import { candidateCommands } from './commands/candidates.ts';
import { clStatusCommands } from './commands/cl-status.ts';
import { completionCommand, completionNamesCommand } from './commands/completion.ts';
import { configCommand } from './commands/config.ts';
import { demoCommand } from './commands/demo.ts';
import { devCommand } from './commands/dev.ts';
import { doctorCommand } from './commands/doctor.ts';
import { discoverCommands } from './commands/discover.ts';
import { downtimeCommands } from './commands/downtime.ts';
import { enableCommands } from './commands/enable.ts';
import { eventsCommand } from './commands/events.ts';
import { explainCommand } from './commands/explain.ts';
import { heartbeatCommand } from './commands/heartbeat.ts';
import { historyCommands } from './commands/history.ts';
import { hooksCommand } from './commands/hooks.ts';
import { importCommand } from './commands/import.ts';
import { journalCommand } from './commands/journal.ts';
import { leaderCommand } from './commands/leader.ts';
import { operationCommands } from './commands/operations.ts';
import { pacemakerCommand } from './commands/pacemaker.ts';
import { poolCommands } from './commands/pools.ts';
import { publishCommand } from './commands/publish.ts';
import { readinessCommand } from './commands/readiness.ts';
import { approveCommand, recoveriesCommand, recoveryCommand } from './commands/recoveries.ts';
import { recoverCommands } from './commands/recover.ts';
import { rehearseCommand } from './commands/rehearse.ts';
import { rejoinCommand, splitCommand } from './commands/rejoin.ts';
import { reloadCommand } from './commands/reload.ts';
import { type Serve, runCommand } from './commands/run.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { takeoverCommand } from './commands/takeover.ts';
import { suggestCommand } from './commands/suggest.ts';
import { tagCommands } from './commands/tags.ts';
import { tokenCommand } from './commands/token.ts';
import { topologyCommand } from './commands/topology.ts';
import { vrrpCommand } from './commands/vrrp.ts';
import { testimonyCommand, verdictCommand } from './commands/verdict.ts';
import { showExamples } from './examples.ts';
import { markRequired } from './help.ts';
import type { Leave, Terminal } from './terminal.ts';

/** What the commands are given that this floor does not have. */
export interface Given {
  readonly version: string;
  readonly serve: Serve;
  /** Opens the API of pretended servers. */
  readonly listen: Parameters<typeof devCommand>[2];
  readonly stdin: Readable;
  readonly demo: Parameters<typeof demoCommand>[2];
}

/** `baton` with all its commands: what is run, completed and described in the manual. */
export function programOf(
  terminal: Terminal,
  leave: Leave,
  { version, serve, listen, stdin, demo }: Given,
): Command {
  const program = new Command('baton')
    .description('Recovery workflows for MySQL and MariaDB replication.')
    .version(`baton ${version}`, '--version', 'which version this is')
    .exitOverride()
    .showHelpAfterError('(baton --help lists the commands)');

  program.commandsGroup('Watch and ask:');
  program.addCommand(runCommand(leave, serve));
  program.addCommand(reloadCommand(terminal));
  program.addCommand(topologyCommand(terminal, leave));
  program.addCommand(analyseCommand(terminal, leave));
  program.addCommand(explainCommand(terminal, leave));
  program.addCommand(readinessCommand(terminal, leave));
  program.addCommand(leaderCommand(terminal, leave));
  program.addCommand(suggestCommand(terminal, leave));
  program.addCommand(rehearseCommand(terminal, leave));
  program.addCommand(testimonyCommand(terminal, leave));
  program.addCommand(auditCommand(terminal, leave));
  for (const command of historyCommands(terminal, leave)) program.addCommand(command);
  program.addCommand(eventsCommand(terminal, leave));
  program.commandsGroup('Recoveries:');
  program.addCommand(recoveriesCommand(terminal, leave));
  program.addCommand(recoveryCommand(terminal, leave));
  program.addCommand(verdictCommand(terminal, leave));
  program.addCommand(approveCommand(terminal));
  program.addCommand(cancelCommand(terminal, leave));
  program.addCommand(acknowledgeCommand(terminal));
  program.addCommand(takeoverCommand(terminal, leave));
  for (const command of recoverCommands(terminal, leave)) program.addCommand(command);
  program.addCommand(rejoinCommand(terminal, leave));
  program.addCommand(splitCommand(terminal));
  program.addCommand(publishCommand(terminal, leave));
  program.commandsGroup('Keep it from acting:');
  for (const command of enableCommands(terminal)) program.addCommand(command);
  for (const command of downtimeCommands(terminal, leave)) program.addCommand(command);
  program.commandsGroup('Have it keep something:');
  for (const command of discoverCommands(terminal)) program.addCommand(command);
  for (const command of candidateCommands(terminal, leave)) program.addCommand(command);
  for (const command of tagCommands(terminal, leave)) program.addCommand(command);
  for (const command of poolCommands(terminal, leave)) program.addCommand(command);
  program.commandsGroup('Change replicas one by one:');
  for (const command of operationCommands(terminal, leave)) program.addCommand(command);
  program.commandsGroup('Set up and try out:');
  program.addCommand(doctorCommand(terminal, leave));
  program.addCommand(configCommand(terminal, leave));
  program.addCommand(completionCommand(terminal, () => program));
  program.addCommand(completionNamesCommand(terminal), { hidden: true });
  program.addCommand(tokenCommand(terminal));
  program.addCommand(journalCommand(terminal, leave));
  program.addCommand(hooksCommand(terminal, leave));
  program.addCommand(importCommand(terminal, leave));
  program.addCommand(pacemakerCommand(terminal, leave, stdin));
  program.addCommand(heartbeatCommand(terminal, leave, stdin));
  for (const command of clStatusCommands(terminal, leave)) program.addCommand(command);
  program.addCommand(vrrpCommand(terminal, leave));
  program.addCommand(sandboxCommand(terminal, leave));
  program.addCommand(devCommand(terminal, leave, listen));
  program.addCommand(demoCommand(terminal, leave, demo));
  markRequired(program);
  showExamples(program);
  return program;
}
