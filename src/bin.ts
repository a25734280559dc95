#!/usr/bin/env node
import { createRequire } from 'node:module';
import { CommanderError } from 'commander';
import { listenOnNetwork } from './api/listen.ts';
import { serve } from './api/serve.ts';
import { orchestratorMain } from './cli/orchestrator/main.ts';
import { programOf } from './cli/program.ts';
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

const leave = (code: ExitCode) => {
  process.exitCode = code;
};
const program = programOf(terminal, leave, {
  version: versionOfPackage(),
  serve,
  listen: (served, how) => listenOnNetwork(served, { ...how, audit: unwritten }),
  stdin: process.stdin,
  demo: () => toldDemo(breathe),
});

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
