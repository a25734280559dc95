import { spoken } from '../../kernel/duration.ts';
import { graceMs } from '../spawner/program.ts';
import { type Check, check } from './check.ts';
import type { RehearsedHook, Seen, SeenRun } from './seen.ts';
import { spelledProcesses } from './spelled-processes.ts';

/** How a hook goes that is told to: when its time is over, or its recovery. */
export function judgeStop({ hook }: RehearsedHook, { plain, stopped }: Seen): readonly Check[] {
  if (hook.body.kind === 'http') return [];
  const { tookMs } = plain.outcome;
  if (stopped === null) return isWell(plain) ? [check('stop', 'note', tooQuick(tookMs))] : [];
  if (stopped.outcome.ended === 'exited') return [check('stop', 'note', tooQuick(stopped.outcome.tookMs))];
  return [judgeGoing(stopped), ...judgeLeft(stopped)];
}

/** Of a run that failed, more is to be said than that. */
function isWell({ class: is }: SeenRun): boolean {
  return is === 'ok' || is === 'warning';
}

function tooQuick(tookMs: number): string {
  return `It was not seen how it ends when it is told to: it was too quick, ${spoken(tookMs)}.`;
}

function judgeGoing({ outcome, killed }: SeenRun): Check {
  if (killed.length === 0 && outcome.signal !== 'SIGKILL')
    return check('stop', 'ok', 'Told to end (SIGTERM), it was gone in time, with all of its process group.');
  const who = killed.length === 0 ? 'it' : spelledProcesses(killed);
  const text = `Told to end (SIGTERM), ${who} did not go within ${spoken(graceMs)} and was killed, wherever it was in its work.`;
  return check('stop', 'warning', text);
}

function judgeLeft({ left }: SeenRun): readonly Check[] {
  if (left.length === 0) return [];
  const text = `What has left its process group outlives it, and runs now: ${spelledProcesses(left)}.`;
  return [check('left', 'warning', text)];
}
