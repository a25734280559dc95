import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { Command } from 'commander';
import { defaultConfig } from '../../config/keys.ts';
import type { HookBody, HookOutcome } from '../../engine/record.ts';
import { withPrivateSpawner } from '../../hooks/private-spawner.ts';
import type { HookRunner } from '../../hooks/runner.ts';
import { BatonError } from '../../kernel/errors.ts';
import { nodeVariables } from '../../protocols/pacemaker/environment.ts';
import { signalVariables } from '../../protocols/pacemaker/signals.ts';
import type { AgentCall } from '../pacemaker-calls.ts';
import { type HearingWords, heardBy, hears } from '../pacemaker-hearing.ts';
import { stopBySignal } from '../stop-by-signal.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words extends HearingWords {
  readonly externalAgent: string;
  readonly externalRecipient: string;
  readonly watchFencing?: true;
}

/**
 * `baton pacemaker monitor`: calls an external agent as crm_mon does, but one call after the other, each with an
 * environment of its own, an end and a bound on what it says. Prints a line of JSON for each call.
 */
export function monitorCommand(terminal: Terminal, leave: Leave, input: Readable): Command {
  return hears(new Command('monitor'))
    .description('Call a program for each event of a cluster, as crm_mon calls its external agent.')
    .requiredOption('--external-agent <program>', 'the program; it gets no arguments, only variables')
    .requiredOption('--external-recipient <text>', 'what it finds in CRM_notify_recipient')
    .option('--watch-fencing', 'call it for fencings too')
    .exitOverride()
    .action(async (words: Words) => {
      const program = await executable(words.externalAgent);
      await stopBySignal(async (signal) => {
        const calls = await heardBy(words, {
          terminal,
          leave,
          input,
          signal,
          recipient: words.externalRecipient,
          watchFencing: words.watchFencing === true,
          takes: true,
        });
        await withPrivateSpawner(spawning, (runner) =>
          callAll(calls, { runner, program, terminal, leave, signal }),
        );
      });
    });
}

/** A variable that is not set says that it is not known, so none comes from Baton's own environment. */
const spawning = {
  shell: defaultConfig.ProcessesShellCommand,
  outputLimitBytes: defaultConfig.HookOutputLimitBytes,
  environment: { kind: 'inherit', withhold: [...signalVariables, ...nodeVariables] },
  redact: (text: string) => text,
} as const;

interface World {
  readonly terminal: Terminal;
  readonly leave: Leave;
  readonly signal: AbortSignal;
}

async function callAll(
  calls: AsyncIterable<AgentCall>,
  world: World & { readonly runner: HookRunner; readonly program: string },
): Promise<void> {
  const { runner, program, terminal, leave, signal } = world;
  const body: HookBody = { kind: 'exec', argv: [program] };
  const timeoutMs = defaultConfig.HookTimeoutSeconds * 1_000;
  let count = 0;
  for await (const { variables, made } of calls) {
    count += 1;
    const key = `external-agent/${count}`;
    const run = { key, body, variables, document: null, timeoutMs, detached: false };
    const outcome = await runner.run(run, signal);
    if (signal.aborted) return;
    await made();
    runner.known(key);
    terminal.print(JSON.stringify({ variables, ...outcome }));
    if (!hasWorked(outcome)) leave(1);
  }
}

function hasWorked({ ended, exitCode }: HookOutcome): boolean {
  return ended === 'exited' && exitCode === 0;
}

async function executable(written: string): Promise<string> {
  const program = resolve(written);
  await access(program, constants.X_OK).catch((error: unknown) => {
    throw new BatonError('usage', `The external agent ${program} is no program that may be run.`, {
      cause: error,
    });
  });
  return program;
}
