#!/usr/bin/env node
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { listenOnNetwork } from './api/listen.ts';
import { serve } from './api/serve.ts';
import { acknowledgeCommand } from './cli/commands/acknowledge.ts';
import { analyseCommand } from './cli/commands/analyse.ts';
import { auditCommand } from './cli/commands/audit.ts';
import { cancelCommand } from './cli/commands/cancel.ts';
import { candidateCommands } from './cli/commands/candidates.ts';
import { configCommand } from './cli/commands/config.ts';
import { demoCommand } from './cli/commands/demo.ts';
import { devCommand } from './cli/commands/dev.ts';
import { doctorCommand } from './cli/commands/doctor.ts';
import { discoverCommands } from './cli/commands/discover.ts';
import { downtimeCommands } from './cli/commands/downtime.ts';
import { enableCommands } from './cli/commands/enable.ts';
import { explainCommand } from './cli/commands/explain.ts';
import { hooksCommand } from './cli/commands/hooks.ts';
import { importCommand } from './cli/commands/import.ts';
import { journalCommand } from './cli/commands/journal.ts';
import { leaderCommand } from './cli/commands/leader.ts';
import { operationCommands } from './cli/commands/operations.ts';
import { pacemakerCommand } from './cli/commands/pacemaker.ts';
import { poolCommands } from './cli/commands/pools.ts';
import { publishCommand } from './cli/commands/publish.ts';
import { readinessCommand } from './cli/commands/readiness.ts';
import { approveCommand, recoveriesCommand, recoveryCommand } from './cli/commands/recoveries.ts';
import { recoverCommands } from './cli/commands/recover.ts';
import { rejoinCommand, splitCommand } from './cli/commands/rejoin.ts';
import { reloadCommand } from './cli/commands/reload.ts';
import { runCommand } from './cli/commands/run.ts';
import { sandboxCommand } from './cli/commands/sandbox.ts';
import { takeoverCommand } from './cli/commands/takeover.ts';
import { suggestCommand } from './cli/commands/suggest.ts';
import { tagCommands } from './cli/commands/tags.ts';
import { tokenCommand } from './cli/commands/token.ts';
import { topologyCommand } from './cli/commands/topology.ts';
import { markRequired } from './cli/help.ts';
import { orchestratorMain } from './cli/orchestrator/main.ts';
import { type ExitCode, type Terminal, withoutCommands } from './cli/terminal.ts';
import { BatonError, messageOf } from './kernel/errors.ts';
import { toldDemo } from './simulation/demo.ts';
import { unwritten } from './telemetry/audit.ts';

const terminal: Terminal = {
  print: (text) => process.stdout.write(`${withoutCommands(text)}\n`),
  say: (text) => process.stderr.write(`${withoutCommands(text)}\n`),
  colours: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
};

// Whoever read the answer has gone (`| head`). What was begun is still brought to its end.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

/** Lets everything that is ready run: a macrotask comes when no microtask is left. */
const breathe = () => new Promise<void>((resume) => setImmediate(resume));

const program = new Command('baton')
  .description('Recovery workflows for MySQL and MariaDB replication.')
  .version(`baton ${versionOfPackage()}`, '--version', 'which version this is')
  .exitOverride()
  .showHelpAfterError('(baton --help lists the commands)');

const leave = (code: ExitCode) => {
  process.exitCode = code;
};
program.commandsGroup('Watch and ask:');
program.addCommand(runCommand(leave, serve));
program.addCommand(reloadCommand(terminal));
program.addCommand(topologyCommand(terminal, leave));
program.addCommand(analyseCommand(terminal, leave));
program.addCommand(explainCommand(terminal, leave));
program.addCommand(readinessCommand(terminal, leave));
program.addCommand(leaderCommand(terminal, leave));
program.addCommand(suggestCommand(terminal, leave));
program.addCommand(auditCommand(terminal, leave));
program.commandsGroup('Recoveries:');
program.addCommand(recoveriesCommand(terminal, leave));
program.addCommand(recoveryCommand(terminal, leave));
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
program.addCommand(tokenCommand(terminal));
program.addCommand(journalCommand(terminal, leave));
program.addCommand(hooksCommand(terminal, leave));
program.addCommand(importCommand(terminal, leave));
program.addCommand(pacemakerCommand(terminal, leave, process.stdin));
program.addCommand(sandboxCommand(terminal, leave));
program.addCommand(
  devCommand(terminal, leave, (served, how) => listenOnNetwork(served, { ...how, audit: unwritten })),
);
program.addCommand(demoCommand(terminal, leave, () => toldDemo(breathe)));
markRequired(program);

try {
  if (!(await orchestratorMain(process.argv.slice(2), terminal, leave))) await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof BatonError) {
    terminal.say(`baton: ${error.message}\n${error.fix}`);
    process.exitCode = error.exit;
  } else {
    terminal.say(`baton: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}

function versionOfPackage(): string {
  const { version } = createRequire(import.meta.url)('baton/package.json') as { version: string };
  return version;
}
