import { toldOutcome } from '../../engine/telling.ts';
import { spoken } from '../../kernel/duration.ts';
import { type Check, check, withOutput } from './check.ts';
import { consequenceOf } from './consequence.ts';
import type { RehearsedHook, SeenRun } from './seen.ts';
import { spelledProcesses } from './spelled-processes.ts';

/** What is to be said of a hook that was run as its stage would run it. */
export function judgeRun(at: RehearsedHook, run: SeenRun): readonly Check[] {
  return [judgeEnd(at, run), judgeTime(at, run), judgeOutput(run), judgeDetached(at), judgeLeft(run)].filter(
    (one) => one !== null,
  );
}

function judgeEnd({ stage, hook }: RehearsedHook, { outcome, class: is }: SeenRun): Check {
  const told = `It ${toldOutcome(outcome)}`;
  if (is === 'ok') {
    const may = hook.timeoutMs === null ? '' : `; it may take ${spoken(hook.timeoutMs)}`;
    return withOutput(check('run', 'ok', `${told}${may}.`), outcome);
  }
  if (is === 'warning')
    return withOutput(
      check('run', 'warning', `${told}, which is a warning: the next hook runs all the same.`),
      outcome,
    );
  if (hook.detached && hook.timeoutMs === null && outcome.ended === 'timed-out')
    return check('run', 'warning', `${told}: a rehearsal waits no longer. In a recovery it has no timeout.`);
  const willTryAgain = is === 'retry' && hook.retries > 0;
  const text = `${told}. ${consequenceOf(stage, hook, is)}`;
  return withOutput(check('run', willTryAgain ? 'warning' : 'problem', text), outcome);
}

/** Which part of its time a hook may take on a calm day. */
const calmPart = 0.5;

function judgeTime({ hook }: RehearsedHook, { outcome }: SeenRun): Check | null {
  const { timeoutMs } = hook;
  const { ended, tookMs } = outcome;
  if (timeoutMs === null || ended !== 'exited' || tookMs <= timeoutMs * calmPart) return null;
  const text = `It is slow: it took ${spoken(tookMs)} of ${spoken(timeoutMs)}, after which it is killed. In an emergency everything takes longer.`;
  return check('time', 'warning', text);
}

/** How the spawner marks what it has not kept, of a program and of an answer. */
const cut = /(?:^|\n)… (?:(\d+ bytes(?: or more)?) are left out|the rest was not read) …\n/;

function judgeOutput({ outcome: { output } }: SeenRun): Check | null {
  const found = cut.exec(output);
  if (found === null) return null;
  const keptBytes = Buffer.byteLength(output.replace(cut, ''));
  const [, missing] = found;
  const kept =
    missing === undefined
      ? `kept is the beginning, ${keptBytes} bytes; the rest was not read`
      : `kept are the beginning and the end, ${keptBytes} bytes; ${missing} between them are lost`;
  const text = `It says more than HookOutputLimitBytes: ${kept}.`;
  return check('output', 'warning', text);
}

function judgeDetached({ hook }: RehearsedHook): Check | null {
  if (!hook.detached) return null;
  const end = hook.timeoutMs === null ? ', and it has no timeout' : '';
  return check(
    'detached',
    'note',
    `It was waited for here. In a recovery nobody waits for it${end}: the next hook starts at once.`,
  );
}

function judgeLeft({ outcome, left }: SeenRun): Check | null {
  if (outcome.ended !== 'exited' || left.length === 0) return null;
  return check('left', 'note', `It leaves behind what nobody waits for or ends: ${spelledProcesses(left)}.`);
}
