import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CommandRan, CommandRun } from '../engine/ports.ts';
import type { HookBody, HookOutcome } from '../engine/record.ts';
import { fillCommand, type HookSettings, valuesOf } from './render.ts';
import type { HookRunner } from './runner.ts';
import { savedIn } from './saved.ts';
import { unlessStopping } from './unless-stopping.ts';
import { variablesOf } from './words.ts';

interface CommandWorld {
  readonly settings: HookSettings;
  readonly runner: HookRunner;
}

/**
 * Runs a command that is no hook, in the same shell, with the same quoting, and ended in the same way. It is on record
 * before it starts and after it ended, so whoever continues the run knows whether it did its work; one that failed, or
 * whose end nobody saw, is run again, and so is any that is not for once.
 */
export async function runCommand(world: CommandWorld, run: CommandRun): Promise<CommandRan> {
  const { into } = run;
  const file = into === null ? null : join(into.folder, into.file);
  const earlier = await earlierOutcome(world, run);
  const isRecalled = run.once && earlier !== null && hasWorked(earlier);
  const outcome = isRecalled ? earlier : await runOnce(world, run, file);
  return { outcome, isRecalled, saved: file === null ? null : await savedIn(file) };
}

/** How it ended the last time, learned from the runner where the journal does not say; null where it was never run. */
async function earlierOutcome({ runner }: CommandWorld, run: CommandRun): Promise<HookOutcome | null> {
  const { ledger, signal } = run.context;
  const last = ledger.commands(run.name).at(-1);
  if (last === undefined || last.outcome !== null) return last?.outcome ?? null;
  const key = ledger.key(last.seq);
  const outcome = (await runner.outcomeOf(key, signal)) ?? unseen;
  await ledger.commandEnded(last.seq, outcome);
  runner.known(key);
  return outcome;
}

async function runOnce(
  { settings, runner }: CommandWorld,
  run: CommandRun,
  file: string | null,
): Promise<HookOutcome> {
  const { name, command, facts, timeoutMs, context, says } = run;
  const { ledger, signal, teller } = context;
  const filled = fillCommand(command, valuesOf(facts, settings), settings);
  const script = 'refused' in filled ? '' : scriptOf(filled.script, run);
  const body: HookBody = { kind: 'shell', script };
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const seq = await ledger.intendCommand({ name, command, timeoutMs, digest });
  const key = ledger.key(seq);
  if ('refused' in filled) {
    const outcome = notStarted(filled.refused);
    await ledger.commandEnded(seq, outcome);
    return outcome;
  }
  teller.tell(says, { run: key });
  const variables = variablesFor(run, file);
  const started = { key, body, variables, document: null, timeoutMs, detached: false };
  const outcome = await unlessStopping(signal, (ends) => runner.run(started, ends));
  await ledger.commandEnded(seq, outcome);
  runner.known(key);
  return outcome;
}

/** Whether a command that ended so has done what it is there for. */
function hasWorked({ ended, exitCode }: Pick<HookOutcome, 'ended' | 'exitCode'>): boolean {
  return ended === 'exited' && exitCode === 0;
}

function variablesFor({ name, facts, variables, into }: CommandRun, file: string | null) {
  const kept =
    into === null || file === null ? {} : { BATON_RESCUE_FOLDER: into.folder, BATON_RESCUE_FILE: file };
  return { ...variablesOf(facts), ...variables, ...kept, BATON_STAGE: name };
}

/** Blocks of 1024 bytes in bash, of 512 in others: the limit is a bound, not a measure. */
function scriptOf(script: string, { into }: CommandRun): string {
  if (into === null) return script;
  const blocks = Math.ceil(into.limitBytes / 1_024);
  return [
    'umask 077; mkdir -p "$BATON_RESCUE_FOLDER" || exit 1',
    `(ulimit -f ${blocks}; (${script}\n)) > "$BATON_RESCUE_FILE"`,
  ].join('\n');
}

function notStarted(because: string): HookOutcome {
  return { ended: 'not-started', exitCode: null, signal: null, tookMs: 0, output: '', because };
}

const unseen: HookOutcome = {
  ended: 'unknown',
  exitCode: null,
  signal: null,
  tookMs: 0,
  output: '',
  because: 'it was begun, and whoever saw its end is gone',
};
