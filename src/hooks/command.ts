import { join } from 'node:path';
import type { CommandRan, CommandRun } from '../engine/ports.ts';
import type { HookOutcome } from '../engine/record.ts';
import { fillCommand, type HookSettings, valuesOf } from './render.ts';
import type { HookRunner } from './runner.ts';
import { savedIn } from './saved.ts';
import { variablesOf } from './words.ts';

/** Runs a command that is no hook, in the same shell, with the same quoting, and ended in the same way. */
export async function runCommand(
  { settings, runner }: { settings: HookSettings; runner: HookRunner },
  run: CommandRun,
): Promise<CommandRan> {
  const { name, command, facts, variables, timeoutMs, key, into, signal } = run;
  const filled = fillCommand(command, valuesOf(facts, settings), settings);
  if ('refused' in filled) return { outcome: notStarted(filled.refused), saved: null };
  const file = into === null ? null : join(into.folder, into.file);
  const outcome = await runner.run(
    {
      key,
      body: {
        kind: 'shell',
        script: into === null ? filled.script : keeping(filled.script, into.limitBytes),
      },
      variables: {
        ...variablesOf(facts),
        ...variables,
        ...(into === null || file === null
          ? {}
          : { BATON_RESCUE_FOLDER: into.folder, BATON_RESCUE_FILE: file }),
        BATON_STAGE: name,
      },
      document: null,
      timeoutMs,
      detached: false,
    },
    signal,
  );
  runner.known(key);
  return { outcome, saved: file === null ? null : await savedIn(file) };
}

/** Blocks of 1024 bytes in bash, of 512 in others: the limit is a bound, not a measure. */
function keeping(script: string, limitBytes: number): string {
  const blocks = Math.ceil(limitBytes / 1_024);
  return [
    'umask 077; mkdir -p "$BATON_RESCUE_FOLDER" || exit 1',
    `(ulimit -f ${blocks}; (${script}\n)) > "$BATON_RESCUE_FILE"`,
  ].join('\n');
}

function notStarted(because: string): HookOutcome {
  return { ended: 'not-started', exitCode: null, signal: null, tookMs: 0, output: '', because };
}
