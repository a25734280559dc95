import { createHash } from 'node:crypto';
import type { HookLedger, RecordedHookRun, Teller } from '../engine/ports.ts';
import type { HookOutcome, HookStage, StagedHook } from '../engine/record.ts';
import { toldOutcome } from '../engine/telling.ts';
import type { Clock } from '../kernel/clock.ts';
import { spoken } from '../kernel/duration.ts';
import { shortUid } from '../kernel/uid.ts';
import type { HookRunner } from './runner.ts';
import { classOf, titleOf } from './sentence.ts';
import type { StageTime } from './stage-time.ts';
import { runVariables } from './run-variables.ts';

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
  /** Called when the hook is on its way, its intent on record; again at each later attempt. */
  readonly onItsWay: () => void;
}

/** The pause before the first retry; each further one is twice as long, up to the longest. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** Answers the sentence of the failure that the turn ended with; null where it ended well. */
export async function takeTurn(turn: Turn): Promise<string | null> {
  const { hook, stage, index, of, ledger } = turn;
  for (let mayRunAgain = true; ; ) {
    const runs = ledger.runs(stage, index);
    const last = runs.at(-1);
    if (last === undefined) await run(turn, { attempt: 1, resumed: false });
    else if (last.ended === null) await learn(turn, last);
    else {
      const next = await whatFollows(turn, runs, last, mayRunAgain);
      if (next.do === 'well') return null;
      if (next.do === 'failed') {
        const ending = toldOutcome(last.ended.outcome);
        return `${titleOf(stage, index, of, last.attempt)} ${ending}${next.because}`;
      }
      if (next.do === 'again') mayRunAgain = false;
      else await turn.clock.sleep(pauseMs(runs, hook), turn.signal);
      await run(turn, { attempt: last.attempt + 1, resumed: next.do === 'again' });
    }
  }
}

/** `again` is the further run of one whose outcome is lost, `retry` that of one that failed. */
type Next =
  | { readonly do: 'well' | 'again' | 'retry' }
  /** `because` continues the sentence of the outcome; empty where that says it all. */
  | { readonly do: 'failed'; readonly because: string };

const well: Next = { do: 'well' };
const failed: Next = { do: 'failed', because: '' };

async function whatFollows(
  turn: Turn,
  runs: readonly RecordedHookRun[],
  last: RecordedHookRun,
  mayRunAgain: boolean,
): Promise<Next> {
  const { hook } = turn;
  const is = last.ended?.class;
  if (is === 'ok' || is === 'warning') return well;
  if (is === 'unknown') return afterUnknown(turn, last, mayRunAgain);
  const known = runs.filter((one) => one.ended !== null && one.ended.class !== 'unknown');
  const isRetried = hook.exitClasses ? is === 'retry' : hook.refused === null;
  return isRetried && known.length <= hook.retries && !turn.time.isOver() ? { do: 'retry' } : failed;
}

/** A hook that was begun and whose end nobody saw may have done its work, or half of it, or nothing. */
async function afterUnknown(turn: Turn, last: RecordedHookRun, mayRunAgain: boolean): Promise<Next> {
  const { hook, ledger, signal } = turn;
  if (hook.onResume === 'skip') return well;
  if (hook.onResume === 'rerun') return mayRunAgain ? { do: 'again' } : failed;
  const answer = await turn.time.paused(() =>
    ledger.ask(last.seq, hook.askMs, signal, () => sayAsked(turn, last)),
  );
  if (answer === 'skip') return well;
  if (answer === 'rerun') return { do: 'again' };
  const because = answer === 'fail' ? '; a person took it for failed' : '; nobody said in time what to do';
  return { do: 'failed', because };
}

function sayAsked({ stage, index, of, hook, ledger, teller }: Turn, { seq, attempt }: RecordedHookRun): void {
  const key = ledger.key(seq);
  const title = titleOf(stage, index, of, attempt);
  teller.warn(
    `${title} waits for a person, for ${spoken(hook.askMs)} at most, for nobody saw how it ended: baton approve ${shortUid(key)} runs it again, with --skip it is taken for done, with --fail for failed`,
    { stage, run: key },
  );
}

function pauseMs(runs: readonly RecordedHookRun[], { exitClasses }: StagedHook): number {
  return exitClasses ? Math.min(firstPauseMs * 2 ** (runs.length - 1), longestPauseMs) : firstPauseMs;
}

/** Writes the intent, starts the hook and writes its outcome. */
async function run(turn: Turn, of: { attempt: number; resumed: boolean }): Promise<void> {
  const { stage, index, hook, ledger, runner, signal, teller, time } = turn;
  const { attempt } = of;
  const timeoutMs = hook.detached ? hook.timeoutMs : time.bounded(hook.timeoutMs);
  const digest = digestOf(hook);
  const { seq, deadline } = await ledger.intend({
    stage,
    index,
    of: turn.of,
    attempt,
    hook,
    timeoutMs,
    digest,
  });
  const key = ledger.key(seq);
  const title = titleOf(stage, index, turn.of, attempt);
  const because = hook.refused ?? (hook.detached ? null : time.whyOver());
  if (because !== null) return record(turn, { seq, attempt }, notStarted(because));
  teller.tell(`${title} started: ${hook.command}`, { stage, run: key });
  const variables = { ...hook.variables, ...runVariables({ stage, key, deadline, ...of }) };
  const { body, document, detached } = hook;
  const said = (text: string) => teller.tell(`${title} says: ${text.trimEnd()}`, { stage, run: key });
  const running = runner.run({ key, body, variables, document, timeoutMs, detached }, signal, said);
  turn.onItsWay();
  await record(turn, { seq, attempt }, await running);
}

/** The controller that began this run did not live to write its outcome. */
async function learn(turn: Turn, { seq, attempt }: RecordedHookRun): Promise<void> {
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
  const is = classOf(hook, outcome);
  await ledger.ended(run.seq, outcome, is);
  const sentence = `${titleOf(stage, index, of, run.attempt)} ${toldOutcome(outcome)}`;
  teller[is === 'ok' ? 'tell' : 'warn'](sentence, {
    stage,
    run: ledger.key(run.seq),
    output: outcome.output,
  });
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
