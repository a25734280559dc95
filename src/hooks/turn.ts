import { createHash } from 'node:crypto';
import type { HookLedger, RecordedHookRun, Teller } from '../engine/ports.ts';
import type { HookOutcome, HookStage, StagedHook } from '../engine/record.ts';
import { toldChoices, toldOutcome } from '../engine/telling.ts';
import type { Clock } from '../kernel/clock.ts';
import { spoken } from '../kernel/duration.ts';
import type { HookRunner } from './runner.ts';
import { classOf, titleOf } from './sentence.ts';
import type { StageTime } from './stage-time.ts';
import { runVariables } from './run-variables.ts';
import { unlessStopping } from './unless-stopping.ts';

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
  /** What is left to the stage. */
  readonly time: StageTime;
  /** What has to be on record before this hook starts, besides its own intent. */
  readonly earlier: Promise<unknown>;
  /** Called when the hook is on its way, its intent on record; again at each later attempt. */
  readonly onItsWay: () => void;
}

/** The pause before the first retry; each further one is twice as long, up to the longest. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** How a turn ended. */
export interface Ending {
  /** Its sentence; null where it ended well. */
  readonly failure: string | null;
  /** Resolves when the journal has it. Whoever goes on has this first, together with what is written next. */
  readonly onRecord: Promise<void>;
}

export async function takeTurn(turn: Turn): Promise<Ending> {
  for (let mayRunAgain = true; ; ) {
    const next = await whatFollows(turn, mayRunAgain);
    if (next.do === 'end') return { failure: next.failure, onRecord: Promise.resolve() };
    if (next.do === 'learn') await learn(turn, next.run);
    else {
      if (next.afterLost) mayRunAgain = false;
      if (next.pauseMs > 0) await turn.clock.sleep(next.pauseMs, turn.signal);
      const ending = await run(turn, next);
      if (ending !== null) return ending;
    }
  }
}

type Next =
  | { readonly do: 'end'; readonly failure: string | null }
  | { readonly do: 'learn'; readonly run: RecordedHookRun }
  | {
      readonly do: 'run';
      readonly attempt: number;
      /** An earlier attempt began, and nobody saw its end. */
      readonly resumed: boolean;
      /** That was the one just before. */
      readonly afterLost: boolean;
      readonly pauseMs: number;
    };

const well: Next = { do: 'end', failure: null };

async function whatFollows(turn: Turn, mayRunAgain: boolean): Promise<Next> {
  const { hook, stage, index, ledger, time } = turn;
  const runs = ledger.runs(stage, index);
  const last = runs.at(-1);
  if (last === undefined) return { do: 'run', attempt: 1, resumed: false, afterLost: false, pauseMs: 0 };
  if (last.ended === null) return { do: 'learn', run: last };
  const { class: is, outcome } = last.ended;
  if (is === 'ok' || is === 'warning') return well;
  if (is === 'unknown') return afterUnknown(turn, last, outcome, mayRunAgain);
  const known = runs.filter((one) => one.ended !== null && one.ended.class !== 'unknown');
  const isRetried = hook.exitClasses ? is === 'retry' : hook.refused === null;
  if (!isRetried || known.length > hook.retries || time.isOver()) return failed(turn, last, outcome, '');
  const resumed = known.length < runs.length;
  return { do: 'run', attempt: last.attempt + 1, resumed, afterLost: false, pauseMs: pauseMs(runs, hook) };
}

function failed(
  { stage, index, of }: Turn,
  { attempt }: RecordedHookRun,
  outcome: HookOutcome,
  because: string,
): Next {
  return { do: 'end', failure: `${titleOf(stage, index, of, attempt)} ${toldOutcome(outcome)}${because}` };
}

/** A hook that was begun and whose end nobody saw may have done its work, or half of it, or nothing. */
async function afterUnknown(
  turn: Turn,
  last: RecordedHookRun,
  outcome: HookOutcome,
  mayRunAgain: boolean,
): Promise<Next> {
  const { hook, ledger, signal } = turn;
  const again: Next = { do: 'run', attempt: last.attempt + 1, resumed: true, afterLost: true, pauseMs: 0 };
  if (hook.onResume === 'skip') return well;
  if (hook.onResume === 'rerun') return mayRunAgain ? again : failed(turn, last, outcome, '');
  const answer = await turn.time.paused(() =>
    ledger.ask(last.seq, hook.askMs, signal, () => sayAsked(turn, last)),
  );
  if (answer === 'skip') return well;
  if (answer === 'rerun') return again;
  const because = answer === 'fail' ? '; a person took it for failed' : '; nobody said in time what to do';
  return failed(turn, last, outcome, because);
}

function sayAsked({ stage, index, of, hook, ledger, teller }: Turn, { seq, attempt }: RecordedHookRun): void {
  const key = ledger.key(seq);
  const title = titleOf(stage, index, of, attempt);
  teller.warn(
    `${title} waits for a person, for ${spoken(hook.askMs)} at most, for nobody saw how it ended: ${toldChoices(key)}`,
    { stage, run: key },
  );
}

function pauseMs(runs: readonly RecordedHookRun[], { exitClasses }: StagedHook): number {
  return exitClasses ? Math.min(firstPauseMs * 2 ** (runs.length - 1), longestPauseMs) : firstPauseMs;
}

/** Writes the intent, starts the hook and writes its outcome. Null where that does not end the turn. */
async function run(turn: Turn, of: { attempt: number; resumed: boolean }): Promise<Ending | null> {
  const { stage, index, hook, ledger, runner, signal, teller, time } = turn;
  const { attempt, resumed } = of;
  const timeoutMs = hook.detached ? hook.timeoutMs : time.bounded(hook.timeoutMs);
  const digest = digestOf(hook);
  const intent = ledger.intend({ stage, index, of: turn.of, attempt, hook, timeoutMs, digest });
  const [{ seq, deadline }] = await Promise.all([intent, turn.earlier]);
  const key = ledger.key(seq);
  const title = titleOf(stage, index, turn.of, attempt);
  const because = hook.refused ?? (hook.detached ? null : time.whyOver());
  if (because !== null) return record(turn, { seq, attempt }, notStarted(because));
  teller.tell(`${title} started: ${hook.command}`, { stage, run: key });
  const variables = { ...hook.variables, ...runVariables({ stage, index, key, deadline, attempt, resumed }) };
  const { body, document, detached } = hook;
  const said = (text: string) => teller.tell(`${title} says: ${text.trimEnd()}`, { stage, run: key });
  const hookRun = { key, body, variables, document, timeoutMs, detached };
  const running = unlessStopping(signal, (ends) => runner.run(hookRun, ends, said));
  turn.onItsWay();
  return record(turn, { seq, attempt }, await running);
}

/** The controller that began this run did not live to write its outcome. */
async function learn(turn: Turn, { seq, attempt }: RecordedHookRun): Promise<void> {
  turn.onItsWay();
  const outcome = await turn.runner.outcomeOf(turn.ledger.key(seq), turn.signal);
  const ending = await record(turn, { seq, attempt }, outcome ?? lost);
  await ending?.onRecord;
}

/** An outcome that ends the turn well is not waited for: the next hook's intent goes to the disk with it. */
async function record(
  turn: Turn,
  { seq, attempt }: { seq: number; attempt: number },
  outcome: HookOutcome,
): Promise<Ending | null> {
  const { stage, index, of, hook, ledger, runner, teller } = turn;
  const is = classOf(hook, outcome);
  const sentence = `${titleOf(stage, index, of, attempt)} ${toldOutcome(outcome)}`;
  const fields = { stage, run: ledger.key(seq), output: outcome.output };
  const onRecord = ledger.ended(seq, outcome, is).then(() => {
    runner.known(ledger.key(seq));
    teller[is === 'ok' ? 'tell' : 'warn'](sentence, fields);
  });
  if (is !== 'ok' && is !== 'warning') await onRecord;
  // Whoever waits for it hears of a failure; nobody may be waiting yet.
  onRecord.catch(() => {});
  return is === 'ok' || is === 'warning' ? { failure: null, onRecord } : null;
}

function digestOf({ body }: StagedHook): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
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
