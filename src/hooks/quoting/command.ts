import { readCase, readTest } from './compound.ts';
import { readList } from './list.ts';
import { readArray } from './parenthesis.ts';
import type { Pipeline } from './place.ts';
import { declaresEvaluation, readersIn } from './readers.ts';
import { charAt, matchAt, NotFollowed, type Scan } from './scan.ts';
import { readWord } from './word.ts';

/** The command that is being read: `words` without assignments, redirections and their targets. */
export interface Command {
  readonly pipeline: Pipeline;
  readonly words: string[];
  /** It was a loop, a group or the like, and is over: no words may follow. */
  compound: boolean;
  /** It stands behind a `|`, so a line break before it ends nothing. */
  readonly piped: boolean;
}

export function begin(outer: Pipeline | null): Command {
  return { pipeline: { outer, readers: [] }, words: [], compound: false, piped: false };
}

/** Takes down what the command would do with what it is given. */
export function finish({ pipeline, words }: Command): void {
  if (declaresEvaluation(words))
    throw new NotFollowed('a variable is declared that evaluates what it is given');
  pipeline.readers.push(...readersIn(words));
}

/** What begins a list of commands of its own, and what ends it. */
const groups = new Map([
  ['{', '}'],
  ['if', 'fi'],
  ['while', 'done'],
  ['until', 'done'],
  ['for', 'done'],
  ['select', 'done'],
]);
/** Behind these comes a command. */
const connectives = new Set(['then', 'do', 'else', 'elif', '!']);
/** These end what was not begun, or are not followed. */
const misplaced = new Set([...groups.values(), 'esac', 'coproc']);

/** Reads a word of a command; answers the closer that it turned out to be. */
export function readCommandWord(scan: Scan, command: Command, closers: readonly string[]): string | null {
  if (command.compound) throw new NotFollowed('a word follows the end of a loop or group');
  const starts = command.words.length === 0;
  const { raw, text } = readWord(scan, command.pipeline, starts);
  if (raw === '') throw new NotFollowed('an operator is not understood');
  const isDescriptor = /^\d+$/.test(raw) && /[<>]/.test(charAt(scan));
  if (isDescriptor) return null;
  if (!starts) command.words.push(text);
  else if (closers.includes(raw)) return raw;
  else readFirstWord(scan, command, raw, text);
  return null;
}

function readFirstWord(scan: Scan, command: Command, raw: string, text: string): void {
  const closer = groups.get(raw);
  if (connectives.has(raw)) return;
  if (/^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/.test(raw)) {
    if (charAt(scan) === '(') readArray(scan, command.pipeline);
  } else if (closer !== undefined) {
    readList(scan, [closer], command.pipeline);
    command.compound = true;
  } else if (raw === 'case') {
    readCase(scan, command.pipeline);
    command.compound = true;
  } else if (raw === '[[') command.words.push(text, ...readTest(scan, command.pipeline));
  else if (raw === 'function') scan.at += matchAt(scan, /[ \t]+[\w-]+[ \t]*(?:\([ \t]*\))?/y).length;
  else if (misplaced.has(raw)) throw new NotFollowed(`${raw} stands where it does not belong`);
  else command.words.push(text);
}
