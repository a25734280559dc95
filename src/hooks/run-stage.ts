import { z } from 'zod';
import { HookList } from '../config/hook.ts';
import { defaultConfig } from '../config/keys.ts';
import type { HookFacts, StageOutcome, Teller } from '../engine/ports.ts';
import type { HookClass, HookOutcome, HookStage, JournalRecord } from '../engine/record.ts';
import { BatonError } from '../kernel/errors.ts';
import { systemClock } from '../process/system-clock.ts';
import { memoryLedger } from './memory-ledger.ts';
import { withPrivateSpawner } from './private-spawner.ts';
import type { HookSettings } from './render.ts';
import type { HookRunner } from './runner.ts';
import { hookSettingsOf } from './settings.ts';
import { hooksOf } from './stage.ts';

/** One stage of hooks, to be run for its own sake. */
export interface StageRun {
  readonly stage: HookStage;
  /** As a configuration has them: a command, or an object with Command, Exec or Http. */
  readonly hooks: z.input<typeof HookList>;
  readonly facts: HookFacts;
  /** In place of the configuration's defaults. */
  readonly settings?: Partial<HookSettings>;
  /** Without one, hooks run by bash from a temporary folder, with this process's environment. */
  readonly runner?: HookRunner;
  /** Hears what happens, a sentence an event. */
  readonly teller?: Teller;
  /** Ends the hook that runs, and the waiting for those in the background; `runStage` then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** What came of a stage, and of each run of a hook in it: a hook that was tried again has several. */
export interface StageRan extends StageOutcome {
  readonly runs: readonly HookRan[];
}

export interface HookRan {
  /** Of the hook in its stage, from 0. */
  readonly index: number;
  /** From 1. */
  readonly attempt: number;
  /** As it was given. */
  readonly command: string;
  readonly outcome: HookOutcome;
  readonly class: HookClass;
}

/**
 * Runs one stage as a recovery would: quoted, in order, bounded, with its vetoes. What happens is
 * recorded in memory only, so that nothing can be continued after this process; a controller of one's
 * own gives `hooksOf` a ledger that lasts. Hooks in the background are waited for, as nobody could hear
 * of them later. Throws `config-invalid` for hooks that no configuration may have.
 */
export async function runStage(of: StageRun): Promise<StageRan> {
  const { runner } = of;
  if (runner !== undefined) return runBy(runner, of);
  const { ProcessesShellCommand: shell, HookOutputLimitBytes: outputLimitBytes } = defaultConfig;
  const environment = { kind: 'inherit', withhold: [] } as const;
  const options = { shell, outputLimitBytes, environment, redact: (text: string) => text };
  return withPrivateSpawner(options, (own) => runBy(own, of));
}

async function runBy(runner: HookRunner, of: StageRun): Promise<StageRan> {
  const { stage, facts, teller = silent, signal = new AbortController().signal } = of;
  const { ledger, records, idle } = memoryLedger(facts.recoveryUid, systemClock);
  const hooks = hooksOf({
    lists: { ...defaultConfig, [stage]: parsed(of) },
    settings: { ...hookSettingsOf(defaultConfig), ...of.settings },
    runner,
    clock: systemClock,
  });
  const outcome = await hooks.runStage(stage, facts, { ledger, signal, teller });
  await idle(signal);
  return { ...outcome, runs: ranIn(records) };
}

function parsed({ stage, hooks }: StageRun): z.output<typeof HookList> {
  const { success, data, error } = HookList.safeParse(hooks);
  if (success) return data;
  throw new BatonError('config-invalid', `${stage} cannot be run:\n${z.prettifyError(error)}`);
}

function ranIn(records: readonly JournalRecord[]): HookRan[] {
  return records.flatMap((hook) => {
    if (hook.kind !== 'hook') return [];
    const { seq, index, attempt, command } = hook;
    return records.flatMap((one) =>
      one.kind === 'hooked' && one.run === seq
        ? [{ index, attempt, command, outcome: one.outcome, class: one.class }]
        : [],
    );
  });
}

const silent: Teller = { tell: () => {}, warn: () => {} };
