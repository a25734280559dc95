import type { HookLedger, Teller } from '../engine/ports.ts';
import type { HookOutcome, HookStage, StagedHook } from '../engine/record.ts';
import type { Clock } from '../kernel/clock.ts';
import { BatonError } from '../kernel/errors.ts';
import type { HookRunner } from './runner.ts';
import { endOf, isSuccess, titleOf } from './sentence.ts';

/** One hook's turn in its stage: all its attempts, those of earlier lives of the controller too. */
export interface Turn {
  readonly stage: HookStage;
  readonly index: number;
  readonly of: number;
  readonly hook: StagedHook;
  readonly ledger: HookLedger;
  readonly signal: AbortSignal;
  readonly runner: HookRunner;
  readonly clock: Clock;
  readonly teller: Teller;
  /** Called when the hook is on its way, its intent on record; again at each later attempt. */
  readonly onItsWay: () => void;
}

type Run = ReturnType<HookLedger['runs']>[number];

const pauseBeforeRetryMs = 1_000;

/** Answers the sentence of the failure that the turn ended with; null where it ended well. */
export async function takeTurn(turn: Turn): Promise<string | null> {
  const { hook, stage, index, of, ledger } = turn;
  for (let isRerun = false; ; ) {
    const runs = ledger.runs(stage, index);
    const last = runs.at(-1);
    if (last !== undefined && last.outcome === null) await learn(turn, last);
    else if (last?.outcome && isSuccess(hook, last.outcome)) return null;
    else if (last === undefined) await run(turn, { attempt: 1, resumed: false });
    else if (mayRerun(hook, last) && !isRerun) {
      isRerun = true;
      await run(turn, { attempt: last.attempt + 1, resumed: true });
    } else if (mayRetry(hook, runs)) {
      await turn.clock.sleep(pauseBeforeRetryMs, turn.signal);
      await run(turn, { attempt: last.attempt + 1, resumed: false });
    } else return last.outcome && `${titleOf(stage, index, of, last.attempt)} ${endOf(hook, last.outcome)}`;
  }
}

function mayRerun(hook: StagedHook, { outcome }: Run): boolean {
  return outcome?.ended === 'unknown' && hook.onResume === 'rerun';
}

function mayRetry(hook: StagedHook, runs: readonly Run[]): boolean {
  const known = runs.filter(({ outcome }) => outcome !== null && outcome.ended !== 'unknown');
  return hook.refused === null && runs.at(-1)?.outcome?.ended !== 'unknown' && known.length <= hook.retries;
}

/** Writes the intent, starts the script and writes its outcome. */
async function run(turn: Turn, of: { attempt: number; resumed: boolean }): Promise<void> {
  const { stage, index, hook, ledger, runner, signal, teller } = turn;
  const { attempt, resumed } = of;
  const seq = await ledger.intend({ stage, index, of: turn.of, attempt, hook });
  const key = ledger.key(seq);
  const title = titleOf(stage, index, turn.of, attempt);
  if (hook.refused !== null) return record(turn, { seq, attempt }, notStarted(hook.refused));
  teller.tell(`${title} started: ${hook.command}`, { stage, run: key });
  const variables = {
    ...hook.variables,
    BATON_STAGE: stage,
    BATON_HOOK_RUN_ID: key,
    BATON_HOOK_ATTEMPT: String(attempt),
    BATON_HOOK_RESUMED: resumed ? '1' : '0',
  };
  const { script, timeoutMs, detached } = hook;
  const running = runner.run({ key, script, variables, timeoutMs, detached }, signal);
  turn.onItsWay();
  await record(turn, { seq, attempt }, await running);
}

/** The controller that began this run did not live to write its outcome. */
async function learn(turn: Turn, { seq, attempt }: Run): Promise<void> {
  turn.onItsWay();
  const outcome = await turn.runner.outcomeOf(turn.ledger.key(seq), turn.signal);
  await record(turn, { seq, attempt }, outcome ?? lost);
}

async function record(
  turn: Turn,
  run: { seq: number; attempt: number },
  outcome: HookOutcome,
): Promise<void> {
  const { stage, index, of, hook, ledger, teller } = turn;
  const sentence = `${titleOf(stage, index, of, run.attempt)} ${endOf(hook, outcome)}`;
  const fields = { stage, run: ledger.key(run.seq), output: outcome.output };
  const how = outcome.ended === 'exited' && outcome.exitCode === 0 ? 'tell' : 'warn';
  await ledger.ended(run.seq, outcome).catch((error: unknown) => {
    if (hasRunEnded(error)) teller[how](`${sentence}, after the end of the run that started it`, fields);
    throw error;
  });
  teller[how](sentence, fields);
}

/** A hook that was left behind may outlast its run, which takes no more records then: only the log tells of its end. */
export function hasRunEnded(error: unknown): boolean {
  return error instanceof BatonError && error.code === 'run-ended';
}

function notStarted(because: string): HookOutcome {
  return { ended: 'not-started', exitCode: null, signal: null, tookMs: 0, output: '', because };
}

const lost: HookOutcome = {
  ended: 'unknown',
  exitCode: null,
  signal: null,
  tookMs: 0,
  output: '',
  because: 'it was begun, and whoever saw its end is gone',
};
